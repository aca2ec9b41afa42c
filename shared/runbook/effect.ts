/**
 * What a command does to the services: read, change or unknown. The longest listed subcommand that fits decides, so
 * `releases rollback` is a change although `releases` reads. Commands that are not listed are unknown and treated as a change.
 */
import type { Command } from './model.ts';

const list = (names: string): readonly string[] => names.split(', ');

interface KnownSubcommands {
  readonly read: readonly string[];
  readonly change: readonly string[];
}

/** By tool: flyctl v0.4.87, supabase 2 and 3; also commands that people write but that never existed. */
const SUBCOMMANDS: ReadonlyMap<string, KnownSubcommands> = new Map([
  [
    'fly',
    {
      read: list(
        'releases, status, logs, auth whoami, version, apps list, secrets list, checks list, machine list, ' +
          'machine status, image show, config show, scale show, volumes list, ips list, certs list',
      ),
      change: list(
        'releases rollback, deploy, secrets, apps, machine, scale, volumes, auth login, auth logout, image update, ' +
          'config save, ips, certs, postgres, launch, restart, suspend, resume',
      ),
    },
  ],
  [
    'supabase',
    {
      read: list(
        'migration list, migrations list, backups list, projects list, db dump, db diff, db lint, inspect, status',
      ),
      change: list(
        'migration, migrations, backups restore, db push, db reset, db pull, db restore, db migration apply, link, ' +
          'secrets, functions deploy, login',
      ),
    },
  ],
  [
    'git',
    {
      read: list('status, log, diff, show, rev-parse, describe, ls-remote, blame, shortlog'),
      change: list(
        'checkout, switch, push, pull, reset, revert, merge, rebase, commit, cherry-pick, stash, clean, worktree, ' +
          'tag, branch, clone, fetch, restore',
      ),
    },
  ],
  [
    'kubectl',
    {
      read: list(
        'get, describe, logs, top, version, rollout status, rollout history, diff, explain, auth can-i, config view, ' +
          'config current-context, cluster-info, events',
      ),
      change: list(
        'apply, delete, rollout undo, rollout restart, rollout pause, rollout resume, scale, patch, set, create, ' +
          'replace, drain, cordon, uncordon, edit, label, annotate, config use-context',
      ),
    },
  ],
  ['helm', { read: list('list, history, status, get'), change: list('rollback, upgrade, install, uninstall') }],
  [
    'docker',
    {
      read: list(
        'ps, logs, inspect, images, info, version, stats, compose ps, compose logs, compose images, compose ls, compose top, compose config',
      ),
      change: list('run, start, stop, restart, rm, rmi, kill, pull, push, exec, compose, service, stack'),
    },
  ],
  [
    'systemctl',
    {
      read: list('status, is-active, is-enabled, list-units, show'),
      change: list('start, stop, restart, reload, enable, disable, kill'),
    },
  ],
  [
    'heroku',
    {
      read: list('releases, logs, ps, status'),
      change: list('rollback, releases:rollback, restart, config:set, config:unset'),
    },
  ],
  ['npm', { read: list('pkg get, ls, view, outdated'), change: list('install, ci, publish, pkg set') }],
]);

/** Tools that only read, and shell built-ins that change nothing outside their shell. */
const READERS: ReadonlySet<string> = new Set(
  list(
    'cat, head, tail, grep, egrep, rg, jq, yq, sort, uniq, wc, cut, tr, awk, less, more, diff, ls, pwd, date, echo, ' +
      'printf, sleep, true, false, :, test, [, which, type, whoami, hostname, uname, env, ps, df, du, free, uptime, ' +
      'dig, nslookup, host, ping, journalctl, pg_dump, pg_isready, set, cd, export, unset, local, declare, exit, ' +
      'return, shift, trap, wait, read',
  ),
);

const CHANGERS: ReadonlySet<string> = new Set(
  list('rm, mv, cp, chmod, chown, kill, pkill, mkdir, touch, ln, dd, truncate, reboot, shutdown, dropdb, createdb'),
);

/** Other names of tools and of first subcommands. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['flyctl', 'fly'],
  ['machines', 'machine'],
]);

/** Flags that take a value and may stand before the subcommand. */
const VALUE_FLAGS: ReadonlySet<string> = new Set(
  list('-a, --app, -n, --namespace, --context, -C, -c, --config, -t, --access-token'),
);

type Effect = Command['effect'];

/** Tools whose effect depends on their arguments, not on a subcommand. */
const SPECIAL: ReadonlyMap<string, (words: readonly string[]) => Effect> = new Map([
  ['curl', curlEffect],
  ['psql', psqlEffect],
  [
    'pg_restore',
    (words: readonly string[]) => (words.some((word) => /^(?:-l|--list)$/.test(word)) ? 'read' : 'change'),
  ],
  [
    'sed',
    (words: readonly string[]) => (words.some((word) => /^(?:-[a-z]*i|--in-place)/.test(word)) ? 'change' : 'read'),
  ],
]);

/** True for tools whose commands are known here: a code block without a language that starts with one has commands. */
export function isKnownTool(name: string): boolean {
  return SPECIAL.has(name) || SUBCOMMANDS.has(ALIASES.get(name) ?? name);
}

/** The effect of a command on the services; `words` are its plain words, without quotes. */
export function effectOf(words: readonly string[]): Effect {
  const [given = '', ...rest] = words;
  const tool = ALIASES.get(given) ?? given;
  const special = SPECIAL.get(tool);
  if (special !== undefined) return special(rest);
  if (READERS.has(tool)) return 'read';
  if (CHANGERS.has(tool)) return 'change';
  const known = SUBCOMMANDS.get(tool);
  if (known === undefined) return 'unknown';
  if (rest.length > 0 && rest.every((word) => /^(?:--version|--help|-h)$/.test(word))) return 'read';
  const path = subcommandPath(rest);
  const fit = (names: readonly string[]): number =>
    Math.max(...names.map((name) => (path === name || path.startsWith(`${name} `) ? name.length : 0)));
  const read = fit(known.read);
  const change = fit(known.change);
  return read === change ? 'unknown' : read > change ? 'read' : 'change';
}

/** The effect of several commands: a change if one of them is. */
export function combinedEffect(effects: readonly Effect[]): Effect {
  if (effects.includes('change')) return 'change';
  return effects.length === 0 || effects.includes('unknown') ? 'unknown' : 'read';
}

function subcommandPath(words: readonly string[]): string {
  const path = words.filter((word, index) => !word.startsWith('-') && !VALUE_FLAGS.has(words[index - 1] ?? ''));
  return path.map((word, index) => (index === 0 ? (ALIASES.get(word) ?? word) : word)).join(' ');
}

function curlEffect(words: readonly string[]): Effect {
  const method = words.findIndex((word) => word === '-X' || word === '--request');
  const named =
    method >= 0
      ? words[method + 1]
      : words.find((word) => /^(?:-X.|--request=)/.test(word))?.replace(/^-X|^--request=/, '');
  if (named !== undefined) return /^(?:GET|HEAD|OPTIONS)$/i.test(named) ? 'read' : 'change';
  return words.some((word) => /^(?:-d|-F|-T|--data|--form|--json|--upload-file)/.test(word)) ? 'change' : 'read';
}

/** A file of SQL is a change; a single SELECT or a listing reads, unless it may call a function that writes. */
function psqlEffect(words: readonly string[]): Effect {
  if (words.some((word) => /^(?:-[a-zA-Z0-9]*f$|-f.|--file)/.test(word))) return 'change';
  if (words.some((word) => word === '--version' || word === '-V' || word === '-l' || word === '--list')) return 'read';
  const at = words.findIndex((word) => /^(?:-[a-zA-Z]*c|--command)$/.test(word));
  const sql = at < 0 ? undefined : words[at + 1]?.trim().replace(/;\s*$/, '');
  if (sql === undefined) return 'unknown';
  if (/^\\(?:d|l|conninfo)/.test(sql)) return 'read';
  if (/^(?:insert|update|delete|drop|alter|create|truncate|grant|revoke|merge|vacuum|do|call)\b/i.test(sql))
    return 'change';
  const plain = /^(?:select|show|table|explain)\b/i.test(sql) && !sql.includes(';');
  return plain && !/\b(?:into|for update|analyze|pg_\w+|setval|nextval|lo_\w+|dblink\w*)\b/i.test(sql)
    ? 'read'
    : 'unknown';
}
