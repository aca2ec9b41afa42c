/**
 * What common command lines do to the services they are pointed at. The longest subcommand that fits decides, so
 * `releases rollback` is a change though `releases` reads. What is not listed is unknown and treated as a change.
 */

const list = (names: string): readonly string[] => names.split(', ');

export interface KnownSubcommands {
  readonly read: readonly string[];
  readonly change: readonly string[];
}

/** By the tool's name; `fly` as of flyctl v0.4.87, `supabase` as of 2 and 3, commands that never existed included. */
export const SUBCOMMANDS: ReadonlyMap<string, KnownSubcommands> = new Map([
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
      read: list('ps, logs, inspect, images, info, version, stats, compose ps, compose logs'),
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

/** Tools that only read, and shell built-ins that touch nothing outside their own shell. */
export const READERS: ReadonlySet<string> = new Set(
  list(
    'cat, head, tail, grep, egrep, rg, jq, yq, sort, uniq, wc, cut, tr, awk, less, more, diff, ls, pwd, date, echo, ' +
      'printf, sleep, true, false, :, test, [, which, type, whoami, hostname, uname, env, ps, df, du, free, uptime, ' +
      'dig, nslookup, host, ping, journalctl, pg_dump, pg_isready, set, cd, export, unset, local, declare, exit, ' +
      'return, shift, trap, wait, read',
  ),
);

export const CHANGERS: ReadonlySet<string> = new Set(
  list('rm, mv, cp, chmod, chown, kill, pkill, mkdir, touch, ln, dd, truncate, reboot, shutdown, dropdb, createdb'),
);

/** Other names of tools and of their first subcommand. */
export const ALIASES: ReadonlyMap<string, string> = new Map([
  ['flyctl', 'fly'],
  ['machines', 'machine'],
]);

/** Flags that take a value and may stand before the subcommand. */
export const VALUE_FLAGS: ReadonlySet<string> = new Set(
  list('-a, --app, -n, --namespace, --context, -C, -c, --config, -t, --access-token'),
);
