import type { Command } from './model.ts';

/** What running a command does to the services: the table that decides when neither hint nor person does. */

type Effect = Command['effect'];

/** Subcommands by tool; the longest that fits wins, so `releases rollback` is a change though `releases` reads. */
const SUBCOMMANDS: Readonly<Record<string, Readonly<Record<'read' | 'change', readonly string[]>>>> = {
  fly: {
    read: [
      ...['releases', 'status', 'logs', 'auth whoami', 'version', 'apps list', 'secrets list', 'checks list'],
      ...['machine list', 'machine status', 'image show', 'config show', 'scale show', 'volumes list', 'ips list'],
    ],
    change: [
      ...['releases rollback', 'deploy', 'secrets', 'apps', 'machine', 'scale', 'volumes', 'auth login', 'auth logout'],
      ...['image update', 'config save', 'ips', 'certs', 'postgres', 'launch', 'restart', 'suspend', 'resume'],
    ],
  },
  supabase: {
    read: ['migration list', 'migrations list', 'backups list', 'projects list', 'db dump', 'db diff', 'db lint', 'inspect'],
    change: [
      ...['migration', 'migrations', 'backups restore', 'db push', 'db reset', 'db pull', 'db restore', 'db migration apply'],
      ...['link', 'secrets', 'functions deploy', 'login'],
    ],
  },
  git: {
    read: ['status', 'log', 'diff', 'show', 'rev-parse', 'describe', 'ls-remote', 'blame', 'shortlog'],
    change: [
      ...['checkout', 'switch', 'push', 'pull', 'reset', 'revert', 'merge', 'rebase', 'commit', 'cherry-pick', 'stash'],
      ...['clean', 'worktree', 'tag', 'branch', 'clone', 'fetch', 'restore'],
    ],
  },
  kubectl: {
    read: [
      ...['get', 'describe', 'logs', 'top', 'version', 'rollout status', 'rollout history', 'diff', 'explain'],
      ...['auth can-i', 'config view', 'config current-context', 'cluster-info', 'events'],
    ],
    change: [
      ...['apply', 'delete', 'rollout undo', 'rollout restart', 'rollout pause', 'rollout resume', 'scale', 'patch'],
      ...['set', 'create', 'replace', 'drain', 'cordon', 'uncordon', 'edit', 'label', 'annotate', 'config use-context'],
    ],
  },
  helm: { read: ['list', 'history', 'status', 'get'], change: ['rollback', 'upgrade', 'install', 'uninstall'] },
  docker: {
    read: ['ps', 'logs', 'inspect', 'images', 'info', 'version', 'stats', 'compose ps', 'compose logs'],
    change: ['run', 'start', 'stop', 'restart', 'rm', 'rmi', 'kill', 'pull', 'push', 'exec', 'compose', 'service', 'stack'],
  },
  systemctl: {
    read: ['status', 'is-active', 'is-enabled', 'list-units', 'show'],
    change: ['start', 'stop', 'restart', 'reload', 'enable', 'disable', 'kill'],
  },
  heroku: { read: ['releases', 'logs', 'ps', 'status'], change: ['rollback', 'releases:rollback', 'restart', 'config:set'] },
  npm: { read: ['pkg get', 'ls', 'view', 'outdated'], change: ['install', 'ci', 'publish', 'pkg set'] },
};

const ALIASES: Readonly<Record<string, string>> = { flyctl: 'fly', machines: 'machine', m: 'machine' };

/** Tools that only read, and shell built-ins that touch nothing outside their own shell. */
const READERS = new Set(
  (
    'cat head tail grep egrep rg jq yq sort uniq wc cut tr awk less more diff ls pwd date echo printf sleep true false : test [ ' +
    'which type whoami hostname uname env ps df du free uptime dig nslookup host ping journalctl pg_dump pg_isready ' +
    'set cd export unset local declare exit return shift trap wait read'
  ).split(' '),
);
const CHANGERS = new Set('rm mv cp chmod chown kill pkill mkdir touch ln dd truncate reboot shutdown pg_restore dropdb createdb'.split(' '));

/** Flags that take a value and may stand before the subcommand. */
const VALUE_FLAGS = new Set(['-a', '--app', '-n', '--namespace', '--context', '-C', '-c', '--config', '-t', '--access-token']);

const SPECIAL: Readonly<Record<string, (words: readonly string[]) => Effect>> = {
  curl: curlEffect,
  psql: psqlEffect,
  sed: (words) => (words.some((word) => /^-[a-z]*i|^--in-place/.test(word)) ? 'change' : 'read'),
};

/** Tool names this table knows: an unlabelled fence that starts with one is taken for commands. */
export function isKnownTool(name: string): boolean {
  return name in SPECIAL || Object.hasOwn(SUBCOMMANDS, ALIASES[name] ?? name);
}

/** The effect of one command given as plain words, quotes removed. */
export function effectOf(words: readonly string[]): Effect {
  const [given = '', ...rest] = words;
  const tool = ALIASES[given] ?? given;
  const special = Object.hasOwn(SPECIAL, tool) ? SPECIAL[tool] : undefined;
  if (special !== undefined) return special(rest);
  if (READERS.has(tool)) return 'read';
  if (CHANGERS.has(tool)) return tool === 'pg_restore' && rest.some((word) => word === '-l' || word === '--list') ? 'read' : 'change';
  const known = Object.hasOwn(SUBCOMMANDS, tool) ? SUBCOMMANDS[tool] : undefined;
  if (known === undefined) return 'unknown';
  if (rest.every((word) => /^(?:--version|--help|-h)$/.test(word)) && rest.length > 0) return 'read';
  const path = subcommandPath(rest);
  const fits = (sub: string): number => (path === sub || path.startsWith(`${sub} `) ? sub.length : 0);
  const read = Math.max(...known.read.map(fits));
  const change = Math.max(...known.change.map(fits));
  return read === change ? 'unknown' : read > change ? 'read' : 'change';
}

/** The graver of several effects: one change makes the whole a change. */
export function combinedEffect(effects: readonly Effect[]): Effect {
  if (effects.includes('change')) return 'change';
  return effects.length === 0 || effects.includes('unknown') ? 'unknown' : 'read';
}

function subcommandPath(words: readonly string[]): string {
  const path = words.filter((word, index) => !word.startsWith('-') && !VALUE_FLAGS.has(words[index - 1] ?? ''));
  return path.map((word, index) => (index === 0 ? (ALIASES[word] ?? word) : word)).join(' ');
}

function curlEffect(words: readonly string[]): Effect {
  const method = words.findIndex((word) => word === '-X' || word === '--request');
  const named = method >= 0 ? words[method + 1] : words.find((word) => /^(?:-X.|--request=)/.test(word))?.replace(/^-X|^--request=/, '');
  if (named !== undefined) return /^(?:GET|HEAD|OPTIONS)$/i.test(named) ? 'read' : 'change';
  return words.some((word) => /^(?:-d|-F|-T|--data|--form|--json|--upload-file)/.test(word)) ? 'change' : 'read';
}

/** A single SELECT or a listing reads; a file of SQL changes; a SELECT may still call a function that does. */
function psqlEffect(words: readonly string[]): Effect {
  if (words.some((word) => /^(?:-[a-zA-Z0-9]*f$|-f.|--file)/.test(word))) return 'change';
  if (words.some((word) => word === '--version' || word === '-V' || word === '-l' || word === '--list')) return 'read';
  const at = words.findIndex((word) => /^(?:-[a-zA-Z]*c|--command)$/.test(word));
  const sql = at < 0 ? undefined : words[at + 1]?.trim().replace(/;\s*$/, '');
  if (sql === undefined) return 'unknown';
  if (/^\\(?:d|l|conninfo)/.test(sql)) return 'read';
  if (/^(?:insert|update|delete|drop|alter|create|truncate|grant|revoke|merge|vacuum|do|call)\b/i.test(sql)) return 'change';
  const plain = /^(?:select|show|table|explain)\b/i.test(sql) && !sql.includes(';');
  return plain && !/\b(?:into|for update|analyze|pg_\w+|setval|nextval|lo_\w+|dblink\w*)\b/i.test(sql) ? 'read' : 'unknown';
}
