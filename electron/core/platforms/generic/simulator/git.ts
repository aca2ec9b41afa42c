/**
 * The simulated git: a checkout with the scenario's tags, of which a worktree can be made (git 2.39; messages as it
 * prints them).
 */
import { existsSync, mkdirSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { Exit } from '#core/ports.ts';
import type { ScenarioImage } from '#core/simulator/scenario.ts';
import type { SimulatedCloud } from '#core/simulator/simulated-cloud.ts';
import { exitCode, pause, type ToolCall } from '#core/simulator/tool-call.ts';

export const GIT_VERSION = '2.39.5';
const COMMANDS_MS = 200;

type Command = (call: ToolCall, args: readonly string[]) => number;

const COMMANDS: Readonly<Record<string, Command>> = { tag, status, 'rev-parse': revParse, checkout, worktree };

export async function git(call: ToolCall): Promise<Exit> {
  const inFolder = call.args[0] === '-C';
  const [name = '', ...args] = inFolder ? call.args.slice(2) : call.args;
  if (name === '--version' || name === 'version') {
    call.write('stdout', `git version ${GIT_VERSION}\n`);
    return exitCode(0);
  }
  const command = COMMANDS[name];
  if (command === undefined) {
    call.write('stderr', `git: '${name}' is not a git command. See 'git --help'.\n`);
    return exitCode(1);
  }
  await pause(call, COMMANDS_MS);
  return exitCode(command(call, args));
}

/** 128: git failed; 129: wrong usage. */
function fatal(call: ToolCall, message: string): number {
  call.write('stderr', `fatal: ${message}\n`);
  return 128;
}

const tagsOf = (call: ToolCall): Readonly<Record<string, string>> => call.cloud.read().scenario.checkout.tags;

function tag(call: ToolCall): number {
  call.write(
    'stdout',
    Object.keys(tagsOf(call))
      .sort()
      .map((name) => `${name}\n`)
      .join(''),
  );
  return 0;
}

function status(call: ToolCall, args: readonly string[]): number {
  const { dirty } = call.cloud.read().scenario.checkout;
  if (args.includes('--porcelain')) {
    call.write('stdout', dirty.map((file) => ` M ${file}\n`).join(''));
    return 0;
  }
  call.write('stdout', 'On branch main\n');
  if (dirty.length === 0) call.write('stdout', 'nothing to commit, working tree clean\n');
  else {
    call.write(
      'stdout',
      `Changes not staged for commit:\n  (use "git add <file>..." to update what will be committed)\n  (use "git restore <file>..." to discard changes in working directory)\n${dirty.map((file) => `\tmodified:   ${file}\n`).join('')}\nno changes added to commit (use "git add" and/or "git commit -a")\n`,
    );
  }
  return 0;
}

function revParse(call: ToolCall, args: readonly string[]): number {
  const asked = args.find((word) => !word.startsWith('-')) ?? 'HEAD';
  const { head } = call.cloud.read().scenario.checkout;
  const commit = asked === 'HEAD' ? head : tagsOf(call)[asked.replace(/\^\{\w*\}$/, '')];
  if (commit !== undefined) {
    call.write('stdout', `${commit}\n`);
    return 0;
  }
  if (args.includes('--verify')) return fatal(call, 'Needed a single revision');
  call.write('stdout', `${asked}\n`);
  return fatal(
    call,
    `ambiguous argument '${asked}': unknown revision or path not in the working tree.\nUse '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'`,
  );
}

/** A checkout in place fails if it would overwrite local changes; a worktree does not. */
function checkout(call: ToolCall, args: readonly string[]): number {
  const name = args.find((word) => !word.startsWith('-')) ?? '';
  const commit = tagsOf(call)[name];
  if (commit === undefined) {
    call.write('stderr', `error: pathspec '${name}' did not match any file(s) known to git\n`);
    return 1;
  }
  const { dirty } = call.cloud.read().scenario.checkout;
  if (dirty.length > 0) {
    call.write(
      'stderr',
      `error: Your local changes to the following files would be overwritten by checkout:\n${dirty.map((file) => `\t${file}\n`).join('')}Please commit your changes or stash them before you switch branches.\nAborting\n`,
    );
    return 1;
  }
  call.write(
    'stderr',
    `Note: switching to '${name}'.\n\nYou are in 'detached HEAD' state.\n\nHEAD is now at ${commit.slice(0, 7)} ${name}\n`,
  );
  return 0;
}

function worktree(call: ToolCall, args: readonly string[]): number {
  const [what, ...rest] = args;
  const [folder, name = ''] = rest.filter((word) => !word.startsWith('-'));
  if (what !== 'add' || folder === undefined) {
    call.write('stderr', 'usage: git worktree add [-f] [--detach] [--checkout] [--lock [--reason <string>]]\n');
    return 129;
  }
  const commit = tagsOf(call)[name];
  if (commit === undefined) return fatal(call, `invalid reference: ${name}`);
  const path = resolve(call.args[0] === '-C' ? (call.args[1] ?? '') : call.cwd, folder);
  call.write('stderr', `Preparing worktree (detached HEAD ${commit.slice(0, 7)})\n`);
  // In the working folder of the run it is made; elsewhere on this machine a drill only remembers that it would be there.
  if (existsSync(path) || call.cloud.read().worktrees?.[path] !== undefined)
    return fatal(call, `'${folder}' already exists`);
  call.cloud.update((cloud) => ({ ...cloud, worktrees: { ...cloud.worktrees, [path]: name } }));
  if (!isAbsolute(folder)) mkdirSync(path, { recursive: true });
  call.write('stdout', `HEAD is now at ${commit.slice(0, 7)} ${name}\n`);
  return 0;
}

/** The image that a build of a tag makes: it behaves like the image of that version. Null: no such tag. */
export function imageOfTag({ scenario }: SimulatedCloud, tag: string): ScenarioImage | null {
  if (scenario.checkout.tags[tag] === undefined) return null;
  return (
    scenario.images.find(
      ({ start, health, check }) => start === 'runs' && health.status === 200 && check.status === 'passing',
    ) ?? null
  );
}
