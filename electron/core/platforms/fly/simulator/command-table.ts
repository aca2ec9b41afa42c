import { deploy } from './deploy.ts';
import type { FlyCommand } from './fly-command.ts';
import { groupHelp } from './help.ts';
import { login } from './login.ts';
import { logs } from './logs.ts';
import { MACHINE_COMMANDS } from './machines.ts';
import { releases } from './releases.ts';
import { secretsList, secretsSet, secretsUnset } from './secrets.ts';
import { status } from './status.ts';
import { version } from './version.ts';
import { whoami } from './whoami.ts';

const COMMANDS: readonly FlyCommand[] = [
  releases,
  deploy,
  status,
  logs,
  login,
  whoami,
  version,
  secretsList,
  secretsSet,
  secretsUnset,
  ...MACHINE_COMMANDS,
];

/** Groups, which run nothing themselves, and their commands. */
const GROUPS: Readonly<Record<string, { readonly short: string; readonly words: readonly string[] }>> = {
  apps: {
    short: 'Manage apps.',
    words: ['create', 'destroy', 'errors', 'list', 'move', 'open', 'releases', 'restart', 'resume', 'suspend'],
  },
  auth: { short: 'Manage authentication.', words: ['docker', 'login', 'logout', 'signup', 'token', 'whoami'] },
  checks: { short: 'Manage health checks.', words: ['list'] },
  image: { short: 'Manage app image.', words: ['show', 'update'] },
  machine: {
    short: 'Manage Fly Machines.',
    words: [
      'api-proxy',
      'clone',
      'cordon',
      'create',
      'destroy',
      'exec',
      'kill',
      'leases',
      'list',
      'ls',
      'place',
      'restart',
      'run',
      'start',
      'status',
      'stop',
      'suspend',
      'uncordon',
      'update',
      'wait',
    ],
  },
  secrets: { short: 'Manage application secrets.', words: ['deploy', 'import', 'list', 'set', 'sync', 'unset'] },
};

const ALIASES: Readonly<Record<string, string>> = { machines: 'machine', m: 'machine', app: 'apps' };
/** Aliases of commands in a group. */
const WORD_ALIASES: Readonly<Record<string, string>> = { 'machine ls': 'machine list' };

/** Commands of flyctl that exist but are not simulated. */
const NOT_PLAYED: ReadonlySet<string> = new Set([
  'certs',
  'config',
  'dashboard',
  'ips',
  'launch',
  'scale',
  'ssh',
  'volumes',
]);

export type Found =
  | { readonly kind: 'root' }
  | { readonly kind: 'unknown'; readonly word: string }
  | { readonly kind: 'group'; readonly help: string }
  | { readonly kind: 'not-played'; readonly name: string }
  | { readonly kind: 'command'; readonly command: FlyCommand; readonly rest: readonly string[] };

/** Follows the words to a command, flags left aside, as cobra's Find does. */
export function findCommand(args: readonly string[]): Found {
  const [first, second] = wordsAt(args);
  if (first === undefined) return { kind: 'root' };
  const name = ALIASES[first.word] ?? first.word;
  const group = GROUPS[name];
  if (group === undefined) {
    const command = COMMANDS.find((each) => each.name === name);
    if (command !== undefined) return { kind: 'command', command, rest: without(args, [first]) };
    return NOT_PLAYED.has(name) ? { kind: 'not-played', name } : { kind: 'unknown', word: first.word };
  }
  if (second === undefined || !group.words.includes(second.word)) {
    return { kind: 'group', help: groupHelp(name, group.short, group.words) };
  }
  const full = WORD_ALIASES[`${name} ${second.word}`] ?? `${name} ${second.word}`;
  const command = COMMANDS.find((each) => each.name === full);
  if (command === undefined) return { kind: 'not-played', name: full };
  return { kind: 'command', command, rest: without(args, [first, second]) };
}

interface Word {
  readonly word: string;
  readonly at: number;
}

/** The first two words that are not flags. Only global flags are known to take values here. */
function wordsAt(args: readonly string[]): readonly Word[] {
  const words: Word[] = [];
  for (let at = 0; at < args.length && words.length < 2; at += 1) {
    const word = args[at] ?? '';
    const takesNext = word === '-t' || word === '--access-token' || word === '-a' || word === '--app';
    if (takesNext) at += 1;
    else if (!word.startsWith('-')) words.push({ word, at });
  }
  return words;
}

const without = (args: readonly string[], words: readonly Word[]): readonly string[] =>
  args.filter((_, at) => !words.some((word) => word.at === at));
