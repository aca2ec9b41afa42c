/** The Supabase CLI, versions 2 and 3 together: what neither has is reported. From the help of 2.104.0 and 3.1.0. */
import type { Advice, Grammar } from './grammar.ts';

const VERSIONS = 'supabase 2.104.0 and 3.1.0';
const HELP = `help of ${VERSIONS}`;
const TRAP = 'versions up to 2.98 print the help, exit 0 and do nothing';

const list = (): Advice => ({
  message: `migrations are listed by supabase migration list; ${TRAP}.`,
  fix: 'supabase migration list --linked   # version 3: --remote=REF',
  instead: 'migration list --linked',
  source: HELP,
});

const apply = (): Advice => ({
  message: `no command applies one SQL file; ${TRAP}.`,
  fix: 'psql "$DATABASE_URL" -X -v ON_ERROR_STOP=1 --single-transaction -f FILE.sql\nsupabase migration repair VERSION --status reverted --linked   # version 3: --remote=REF --yes',
  source: HELP,
});

const backups = (): Advice => ({
  message: `backups are listed by supabase backups list; ${TRAP}.`,
  fix: 'supabase backups list --project-ref "$PROJECT_REF" -o json   # version 3: --remote=REF',
  instead: 'backups list',
  source: HELP,
});

const restore = (): Advice => ({
  message: `db restore was removed in 0.13.0; ${TRAP}.`,
  fix: 'supabase backups restore --project-ref "$PROJECT_REF" -t UNIX_SECONDS   # point in time only; a daily backup is restored in the dashboard',
  source: 'https://github.com/supabase/cli/releases/tag/v0.13.0',
});

export const SUPABASE: Grammar = {
  tool: 'supabase',
  versions: VERSIONS,
  aliases: { migrations: 'migration' },
  valueFlags: [
    ...[
      '--agent',
      '--dns-resolver',
      '--network-id',
      '-o',
      '--output',
      '--output-format',
      '--profile',
      '--workdir',
      '--log-level',
    ],
    ...['--project-ref', '--db-url', '-p', '--password', '-f', '--file', '-s', '--schema', '-x', '--exclude'],
  ],
  groups: {
    '': [
      ...[
        'backups',
        'bootstrap',
        'branches',
        'completion',
        'config',
        'db',
        'domains',
        'encryption',
        'feedback',
        'functions',
        'gen',
        'help',
      ],
      ...[
        'init',
        'inspect',
        'issue',
        'link',
        'login',
        'logout',
        'logs',
        'migration',
        'network-bans',
        'network-restrictions',
        'notebooks',
      ],
      ...[
        'orgs',
        'postgres-config',
        'projects',
        'pull',
        'secrets',
        'seed',
        'services',
        'snippets',
        'ssl-enforcement',
        'sso',
        'start',
      ],
      ...['status', 'stop', 'storage', 'telemetry', 'test', 'unlink', 'vanity-subdomains', 'whoami'],
    ],
    // branch, remote and test are hidden in version 2, not gone.
    db: [
      ...['advisors', 'diff', 'dump', 'lint', 'pull', 'push', 'query', 'reset', 'schema', 'start'],
      ...['branch', 'remote', 'test'],
    ],
    migration: ['down', 'fetch', 'list', 'new', 'repair', 'squash', 'up'],
    backups: ['list', 'restore'],
    secrets: ['list', 'set', 'unset'],
  },
  incomplete: [],
  missing: {
    'db migration': list,
    'db migration list': list,
    'db migration apply': apply,
    'migration apply': apply,
    'db list-backups': backups,
    'db backups': backups,
    'db backup': backups,
    'db restore': restore,
  },
  missingFlags: {},
};
