/**
 * Calls that fail, one row for each failure that Rollbook explains. Run against the real tools by failures.test.ts; what
 * they printed is kept in test/fixtures/tools/failures.json, where the unit tests read it.
 */

/** The files and servers that the calls use, new in each run. */
export interface Place {
  /** A checkout with a branch `old` and a change that is not committed. */
  readonly repository: string;
  /** A folder that is not empty, one with a package.json, and an empty one. */
  readonly full: string;
  readonly project: string;
  readonly empty: string;
  /** An HTTP server: /broken answers 500, /slow in ten seconds. */
  readonly web: string;
  /** Profile files for supabase, with an API that answers and one that does not. */
  readonly profile: string;
  readonly deadProfile: string;
  /** The URL of a PostgreSQL database; null if there is none. */
  readonly database: string | null;
  /** The URL of a database whose server has TLS. */
  readonly secureDatabase: string | null;
}

export interface Failure {
  /** Of `supabase` every version is asked. */
  readonly tool: 'curl' | 'git' | 'npm' | 'psql' | 'pg_dump' | 'pg_restore' | 'supabase';
  readonly name: string;
  readonly args: (place: Place, version: string) => readonly string[];
  readonly env?: (place: Place) => Readonly<Record<string, string>>;
  readonly code: number;
  /** The code of its explanation. */
  readonly means: string;
  readonly needs?: 'database';
}

export const TOKEN = `sbp_${'0'.repeat(40)}`;
export const REF = 'abcdefghijklmnopqrst';
/** The discard port: nothing listens there. */
const NOBODY = 'postgresql://u:p@127.0.0.1:9/x';

const third = (version: string): boolean => version.startsWith('3.');
const project = (version: string, ref: string): readonly string[] =>
  third(version) ? [`--remote=${ref}`] : ['--project-ref', ref];
const at = (version: string, url: string): readonly string[] =>
  third(version) ? [`--remote=${url}`] : ['--db-url', url];
const login = ({ profile }: Place) => ({ SUPABASE_PROFILE: profile, SUPABASE_ACCESS_TOKEN: TOKEN });

export const FAILURES: readonly Failure[] = [
  { tool: 'curl', name: 'refused', args: () => ['-fsS', 'http://127.0.0.1:9/'], code: 7, means: 'no-connection' },
  { tool: 'curl', name: 'no host', args: () => ['-fsS', 'http://nobody.invalid/'], code: 6, means: 'no-network' },
  { tool: 'curl', name: 'error 500', args: ({ web }) => ['-fsS', `${web}/broken`], code: 22, means: 'http-error' },
  {
    tool: 'curl',
    name: 'too late',
    args: ({ web }) => ['-fsS', '--max-time', '1', `${web}/slow`],
    code: 28,
    means: 'timeout',
  },
  {
    tool: 'curl',
    name: 'https of an http server',
    args: ({ web }) => ['-fsS', `${web.replace('http:', 'https:')}/`],
    code: 35,
    means: 'tls',
  },
  { tool: 'curl', name: 'no such option', args: () => ['--no-such'], code: 2, means: 'unknown-command' },
  { tool: 'git', name: 'no such command', args: () => ['undo'], code: 1, means: 'unknown-command' },
  {
    tool: 'git',
    name: 'no such option',
    args: ({ repository }) => ['-C', repository, 'worktree', 'add', '--no-such'],
    code: 129,
    means: 'unknown-command',
  },
  { tool: 'git', name: 'no checkout', args: ({ empty }) => ['-C', empty, 'status'], code: 128, means: 'no-repository' },
  {
    tool: 'git',
    name: 'no such tag',
    args: ({ repository, empty }) => ['-C', repository, 'worktree', 'add', `${empty}/w`, 'v9'],
    code: 128,
    means: 'revision-not-found',
  },
  {
    tool: 'git',
    name: 'no such branch',
    args: ({ repository }) => ['-C', repository, 'checkout', 'v9'],
    code: 1,
    means: 'revision-not-found',
  },
  {
    tool: 'git',
    name: 'folder taken',
    args: ({ repository, full }) => ['-C', repository, 'worktree', 'add', full, 'HEAD'],
    code: 128,
    means: 'folder-taken',
  },
  {
    tool: 'git',
    name: 'local changes',
    args: ({ repository }) => ['-C', repository, 'checkout', 'old'],
    code: 1,
    means: 'local-changes',
  },
  {
    tool: 'git',
    name: 'no server',
    args: () => ['ls-remote', 'http://127.0.0.1:9/shop.git'],
    code: 128,
    means: 'no-network',
  },
  {
    tool: 'npm',
    name: 'no script',
    args: ({ project: folder }) => ['--prefix', folder, 'run', 'no-such'],
    code: 1,
    means: 'no-script',
  },
  {
    tool: 'npm',
    name: 'script fails',
    args: ({ project: folder }) => ['--prefix', folder, 'run', 'fails'],
    code: 3,
    means: 'script-failed',
  },
  {
    tool: 'npm',
    name: 'no package',
    args: ({ empty }) => ['--prefix', empty, 'run', 'test'],
    code: 254,
    means: 'no-package',
  },
  { tool: 'npm', name: 'no such command', args: () => ['frobnicate'], code: 1, means: 'unknown-command' },
  {
    tool: 'npm',
    name: 'no lock file',
    args: ({ project: folder }) => ['--prefix', folder, 'ci'],
    code: 1,
    means: 'no-lock-file',
  },
  {
    tool: 'npm',
    name: 'no registry',
    args: () => ['view', 'shop', '--registry', 'http://127.0.0.1:9', '--fetch-retries=0'],
    code: 1,
    means: 'no-network',
  },
  {
    tool: 'psql',
    name: 'no server',
    args: () => ['-X', NOBODY, '-c', 'select 1'],
    code: 2,
    means: 'no-connection',
  },
  {
    tool: 'psql',
    name: 'no such option',
    args: () => ['--no-such'],
    code: 1,
    means: 'unknown-option',
  },
  ...(
    [
      ['wrong password', ['-c', 'select 1'], 2, 'password-wrong', (url: string) => url.replace(/:[^:@/]+@/, ':wrong@')],
      ['no database', ['-c', 'select 1'], 2, 'no-database', (url: string) => url.replace(/[^/]+$/, 'no_such')],
      ['no history', ['-c', 'select * from supabase_migrations.schema_migrations'], 1, 'no-history', null],
      ['statement refused', ['-c', 'drop table no_such_table'], 1, 'sql-error', null],
      ['too slow', ['-c', "set statement_timeout = '10ms'", '-c', 'select pg_sleep(5)'], 1, 'statement-timeout', null],
      ['file missing', ['-f', 'no-such.sql'], 1, 'file-missing', null],
    ] as const
  ).map(
    ([name, args, code, means, change]): Failure => ({
      tool: 'psql',
      name,
      args: ({ database }) => ['-X', '-v', 'ON_ERROR_STOP=1', change?.(database ?? '') ?? database ?? '', ...args],
      code,
      means,
      needs: 'database',
    }),
  ),
  {
    tool: 'pg_dump',
    name: 'no such table',
    args: ({ database, empty }) => ['-Fc', '-t', 'no_such_table', '-f', `${empty}/x.dump`, database ?? ''],
    code: 1,
    means: 'nothing-dumped',
    needs: 'database',
  },
  { tool: 'pg_dump', name: 'no server', args: () => ['-Fc', NOBODY], code: 1, means: 'no-connection' },
  {
    tool: 'pg_restore',
    name: 'no dump',
    args: ({ full }) => ['-l', `${full}/x`],
    code: 1,
    means: 'not-a-dump',
  },
  {
    tool: 'pg_restore',
    name: 'file missing',
    args: ({ empty }) => ['-l', `${empty}/no.dump`],
    code: 1,
    means: 'file-missing',
  },
  {
    tool: 'supabase',
    name: 'no login',
    args: () => ['projects', 'list'],
    env: ({ profile }) => ({ SUPABASE_PROFILE: profile }),
    code: 1,
    means: 'login-expired',
  },
  {
    tool: 'supabase',
    name: 'login refused',
    args: () => ['projects', 'list'],
    env: (place) => ({ ...login(place), SUPABASE_ACCESS_TOKEN: TOKEN.replaceAll('0', '1') }),
    code: 1,
    means: 'login-expired',
  },
  {
    tool: 'supabase',
    name: 'no project named',
    args: () => ['backups', 'list'],
    env: login,
    code: 1,
    means: 'project-not-named',
  },
  {
    tool: 'supabase',
    name: 'no such project',
    args: (_place, version) => ['backups', 'list', ...project(version, 'zzzzzzzzzzzzzzzzzzzz')],
    env: login,
    code: 1,
    means: 'project-not-found',
  },
  {
    tool: 'supabase',
    name: 'no network',
    args: () => ['projects', 'list'],
    env: ({ deadProfile }) => ({ SUPABASE_PROFILE: deadProfile, SUPABASE_ACCESS_TOKEN: TOKEN }),
    code: 1,
    means: 'no-network',
  },
  {
    tool: 'supabase',
    name: 'no database',
    args: (_place, version) => ['migration', 'list', ...at(version, NOBODY)],
    env: login,
    code: 1,
    means: 'no-connection',
  },
  {
    tool: 'supabase',
    name: 'dump without Docker',
    args: ({ empty }, version) => ['db', 'dump', ...at(version, NOBODY), '-f', `${empty}/x.sql`],
    env: (place) => ({ ...login(place), DOCKER_HOST: `unix://${place.empty}/no-docker.sock` }),
    code: 1,
    means: 'needs-docker',
  },
  { tool: 'supabase', name: 'no such command', args: () => ['frobnicate'], code: 1, means: 'unknown-command' },
  {
    tool: 'supabase',
    name: 'no such flag',
    args: () => ['projects', 'list', '--no-such-flag'],
    env: login,
    code: 1,
    means: 'unknown-command',
  },
];
