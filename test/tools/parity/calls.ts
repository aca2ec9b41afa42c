/**
 * The calls that a real tool and its simulator must answer alike: with the same exit code, on the same streams, and
 * in the same shape. A new call is one row. `args` gets the values that differ between the two, such as
 * addresses.
 */
import {
  dumpArguments,
  queryOf,
  type Reading,
  readingArguments,
  rollbackArguments,
  tablesInDump,
} from '#shared/platforms/postgres/queries.ts';
import { shapeOf } from './shape.ts';

/** One side of the comparison. Both have the same tables, history, tags, scripts and projects. */
export interface Side {
  /** A folder of this side's own. */
  readonly folder: string;
  readonly health: string;
  /** Arguments that lead to the team's checkout, in front of git's and npm's own. */
  readonly git: readonly string[];
  readonly npm: readonly string[];
  /** A Fly app, and a Supabase project of 20 letters. */
  readonly app: string;
  /** One of the app's machines, by id. */
  readonly machine: string;
  readonly project: string;
  /** The address of a PostgreSQL database with the history of migrations. */
  readonly database: string;
  readonly env: Readonly<Record<string, string>>;
}

export type ParityTool = 'psql' | 'pg_dump' | 'pg_restore' | 'curl' | 'git' | 'npm' | 'supabase' | 'fly';

export interface Parity {
  readonly tool: ParityTool;
  readonly name: string;
  readonly args: (side: Side) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly code: number;
  /** The part of an output that is compared; by default its whole shape. */
  readonly stdout?: (text: string) => unknown;
  readonly stderr?: (text: string) => unknown;
}

/** Only whether there is something. */
const presence = (text: string): boolean => text.trim() !== '';
/** Without the usage, which the simulator need not print. */
const firstLine = (text: string): unknown => shapeOf(text.trim().split('\n')[0] ?? '');
/** Without the path by which a program calls itself. */
const withoutSelf = (text: string): unknown => shapeOf(text.replace(/^\S*\/(psql|pg_dump|pg_restore)/, '$1'));

const reading = (name: Reading, tables: readonly string[] = []): Parity => ({
  tool: 'psql',
  name: `reading: ${name}`,
  args: () => readingArguments(queryOf(name, tables)),
  code: 0,
});

const X = ['-X', '-v', 'ON_ERROR_STOP=1'];
export const TABLES = { kept: 'public.approvals', dropped: 'public.agent_approvals' } as const;
export const MIGRATION = '20251013095800';

/** In this order, because the last ones change the state. */
export const DATABASE_CALLS: readonly Parity[] = [
  { tool: 'psql', name: 'version', args: () => ['--version'], code: 0, stdout: firstVersion },
  reading('identity'),
  reading('history'),
  reading('catalogue'),
  reading('counts', [TABLES.kept, TABLES.dropped]),
  reading('sessions'),
  {
    tool: 'psql',
    name: 'a count, as a person reads it',
    args: () => [...X, '-c', `select count(*) from ${TABLES.kept}`],
    code: 0,
  },
  {
    tool: 'psql',
    name: 'a count, bare',
    args: () => [...X, '-At', '-c', `select count(*) from ${TABLES.kept}`],
    code: 0,
  },
  {
    tool: 'psql',
    name: 'no such table',
    args: () => [...X, '-At', '-c', 'select count(*) from supabase_migrations'],
    code: 1,
  },
  { tool: 'psql', name: 'no such option', args: () => ['--no-such'], code: 1, stderr: withoutSelf },
  { tool: 'psql', name: 'no file', args: () => [...X, '-f', 'no-such.sql'], code: 1 },
  {
    tool: 'psql',
    name: 'wrong password',
    args: () => [...X, '-c', 'select 1'],
    env: { PGPASSWORD: 'wrong' },
    code: 2,
    stderr: withoutHost,
  },
  {
    tool: 'pg_dump',
    name: 'no such table',
    args: ({ folder }) => ['-Fc', '-t', 'public.no_such', '-f', `${folder}/x.dump`],
    code: 1,
  },
  {
    tool: 'pg_dump',
    name: 'wrong password',
    args: ({ folder }) => dumpArguments([TABLES.kept], `${folder}/y.dump`),
    env: { PGPASSWORD: 'wrong' },
    code: 1,
    stderr: withoutHost,
  },
  {
    tool: 'pg_dump',
    name: 'two tables',
    args: ({ folder }) => dumpArguments([TABLES.kept, TABLES.dropped], `${folder}/two.dump`),
    code: 0,
  },
  {
    tool: 'pg_restore',
    name: 'the list of it',
    args: ({ folder }) => ['-l', `${folder}/two.dump`],
    code: 0,
    stdout: (text) => [...tablesInDump(text)].sort(),
  },
  { tool: 'pg_restore', name: 'no dump', args: ({ folder }) => ['-l', `${folder}/bad.sql`], code: 1 },
  { tool: 'pg_restore', name: 'no file', args: ({ folder }) => ['-l', `${folder}/none.dump`], code: 1 },
  {
    tool: 'psql',
    name: 'the rollback',
    args: ({ folder }) => rollbackArguments(`${folder}/good.sql`, MIGRATION),
    code: 0,
  },
  reading('history'),
  reading('catalogue'),
];

export const LOCAL_CALLS: readonly Parity[] = [
  { tool: 'curl', name: 'version', args: () => ['--version'], code: 0, stdout: firstVersion },
  {
    tool: 'curl',
    name: 'an error that is not to fail',
    args: ({ health }) => ['-sS', health],
    code: 0,
    stdout: presence,
  },
  { tool: 'curl', name: 'an error that is', args: ({ health }) => ['-fsS', health], code: 22 },
  { tool: 'curl', name: 'silent', args: ({ health }) => ['-fs', health], code: 22 },
  {
    tool: 'curl',
    name: 'what to write',
    args: ({ health }) => ['-s', '-o', '/dev/null', '-w', '%{http_code} %{time_total}\\n', health],
    code: 0,
  },
  { tool: 'curl', name: 'tried again', args: ({ health }) => ['-fsS', '--retry', '1', health], code: 22 },
  { tool: 'curl', name: 'no host', args: () => ['-fsS', 'http://nobody.invalid/'], code: 6, stderr: hostOut },
  { tool: 'curl', name: 'no option', args: () => ['--no-such'], code: 2 },
  { tool: 'curl', name: 'no address', args: () => ['-fsS'], code: 2 },
  { tool: 'curl', name: 'an option without its value', args: () => ['-m'], code: 2 },
  { tool: 'git', name: 'version', args: () => ['--version'], code: 0 },
  { tool: 'git', name: 'tags', args: ({ git }) => [...git, 'tag'], code: 0 },
  { tool: 'git', name: 'status', args: ({ git }) => [...git, 'status'], code: 0 },
  { tool: 'git', name: 'status for programs', args: ({ git }) => [...git, 'status', '--porcelain'], code: 0 },
  { tool: 'git', name: 'a tag', args: ({ git }) => [...git, 'rev-parse', 'v9'], code: 0 },
  { tool: 'git', name: 'no tag', args: ({ git }) => [...git, 'rev-parse', 'v99'], code: 128 },
  { tool: 'git', name: 'no tag, verified', args: ({ git }) => [...git, 'rev-parse', '--verify', 'v99'], code: 128 },
  { tool: 'git', name: 'checkout of no tag', args: ({ git }) => [...git, 'checkout', 'v99'], code: 1 },
  { tool: 'git', name: 'checkout over changes', args: ({ git }) => [...git, 'checkout', 'v9'], code: 1 },
  {
    tool: 'git',
    name: 'worktree of no tag',
    args: ({ git, folder }) => [...git, 'worktree', 'add', `${folder}/w1`, 'v99'],
    code: 128,
  },
  {
    tool: 'git',
    name: 'worktree that is there',
    args: ({ git, folder }) => [...git, 'worktree', 'add', folder, 'v9'],
    code: 128,
  },
  {
    tool: 'git',
    name: 'worktree',
    args: ({ git, folder }) => [...git, 'worktree', 'add', `${folder}/w2`, 'v9'],
    code: 0,
  },
  {
    tool: 'git',
    name: 'worktree of nothing',
    args: ({ git }) => [...git, 'worktree', 'add'],
    code: 129,
    stderr: firstLine,
  },
  { tool: 'git', name: 'no command', args: () => ['no-such-command-at-all'], code: 1, stderr: firstLine },
  { tool: 'npm', name: 'version', args: () => ['--version'], code: 0, stdout: presence },
  { tool: 'npm', name: 'scripts', args: ({ npm }) => [...npm, 'pkg', 'get', 'scripts'], code: 0 },
  { tool: 'npm', name: 'list of scripts', args: ({ npm }) => [...npm, 'run'], code: 0 },
  { tool: 'npm', name: 'script', args: ({ npm }) => [...npm, 'run', 'test:agent-sdk'], code: 0 },
  { tool: 'npm', name: 'script, silent', args: ({ npm }) => [...npm, 'run', '--silent', 'test:agent-sdk'], code: 0 },
  { tool: 'npm', name: 'script that fails', args: ({ npm }) => [...npm, 'run', 'monitor:stats'], code: 3 },
  { tool: 'npm', name: 'no script', args: ({ npm }) => [...npm, 'run', 'no-such'], code: 1, stderr: withoutLog },
  { tool: 'npm', name: 'no command', args: () => ['frobnicate'], code: 1 },
];

function firstVersion(text: string): string {
  return /^(\S+)/.exec(text)?.[1] ?? '';
}

/** The server's name and address stand in it. */
function withoutHost(text: string): unknown {
  return shapeOf(text.replace(/connection to server at "[^"]*"(?: \([^)]*\))?/, 'connection to server at HOST'));
}

function hostOut(text: string): unknown {
  return shapeOf(text.replace(/host: \S+/, 'host: HOST'));
}

/** A simulated npm keeps no log. */
function withoutLog(text: string): unknown {
  return shapeOf(text.replace(/^npm error A complete log of this run.*$/m, ''));
}
