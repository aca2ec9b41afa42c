/**
 * The queries that Rollbook runs on a database, and the arguments of the tools it runs there. Each query begins with its name
 * in a comment, returns one line of JSON, and only reads. No argument contains a secret.
 */
import { count } from '../../words/count.ts';

export type Reading = 'identity' | 'history' | 'catalogue' | 'counts' | 'sessions';

/** Time limits for a lock and for a statement of the rollback. */
export const LOCK_TIMEOUT = '5s';
export const STATEMENT_TIMEOUT = '5min';

export const HISTORY_TABLE = 'supabase_migrations.schema_migrations';

const QUERIES: Readonly<Record<Exclude<Reading, 'counts'>, string>> = {
  identity:
    "select json_build_object('database', current_database(), 'user', current_user, 'address', host(inet_server_addr()), " +
    "'port', inet_server_port(), 'version', current_setting('server_version'), 'standby', pg_is_in_recovery())",
  // Old CLIs make a history without a name column, so the name is read from the row as JSON.
  history:
    "select coalesce(json_agg(json_build_object('version', m.version, 'name', coalesce(to_jsonb(m) ->> 'name', '')) " +
    `order by m.version desc), '[]') from (select * from ${HISTORY_TABLE} order by version desc limit 20) m`,
  catalogue:
    "select coalesce(json_agg(n.nspname || '.' || c.relname order by n.nspname, c.relname), '[]') from pg_class c " +
    "join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname <> 'information_schema' " +
    "and n.nspname not like 'pg\\_%'",
  // Other sessions of Rollbook and of pg_dump in this database.
  sessions:
    "select coalesce(json_agg(json_build_object('pid', pid, 'application', application_name)), '[]') from pg_stat_activity " +
    "where datname = current_database() and pid <> pg_backend_pid() and (application_name = 'pg_dump' or application_name like 'rollbook%')",
};

/** The query of a reading; `tables` (`schema.table`) for counts. */
export function queryOf(reading: Reading, tables: readonly string[] = []): string {
  const query = reading === 'counts' ? countsQuery(tables) : QUERIES[reading];
  return `/* rollbook ${reading} */ ${query}`;
}

function countsQuery(tables: readonly string[]): string {
  if (tables.length === 0) return "select '{}'";
  const each = tables.map((table) => `select ${literal(table)} t, count(*) n from ${quotedTable(table)}`);
  return `select json_object_agg(t, n) from (${each.join(' union all ')}) c`;
}

/** The arguments of psql for a reading: read-only, with a limit on the server too, no start file. */
export const readingArguments = (query: string): readonly string[] => [
  '-X',
  '-q',
  '-At',
  ...['-v', 'ON_ERROR_STOP=1'],
  ...['-c', 'set default_transaction_read_only = on'],
  ...['-c', "set statement_timeout = '20s'"],
  ...['-c', query],
];

/**
 * The arguments of psql for a file written by hand: limits and file in one transaction, no history row. psql exits with 3
 * when a statement failed.
 */
export const manualArguments = (file: string): readonly string[] => [
  '-X',
  ...['-v', 'ON_ERROR_STOP=1'],
  '--single-transaction',
  ...['-c', `set local lock_timeout = '${LOCK_TIMEOUT}'`],
  ...['-c', `set local statement_timeout = '${STATEMENT_TIMEOUT}'`],
  ...['-f', file],
];

/**
 * The arguments of psql for the rollback: limits, file, and removal of the history row, all in one transaction
 * (psql 15: `--single-transaction` spans every -c and -f, in their order).
 */
export const rollbackArguments = (file: string, version: string): readonly string[] => [
  ...manualArguments(file),
  ...['-c', `delete from ${HISTORY_TABLE} where version = ${literal(version)}`],
];

/** Cancels the running statement of a session of Rollbook. */
export const cancelArguments = (application: string): readonly string[] => [
  '-X',
  '-q',
  '-At',
  ...['-v', 'ON_ERROR_STOP=1'],
  '-c',
  `/* rollbook cancel */ select count(pg_cancel_backend(pid)) from pg_stat_activity where application_name = ${literal(application)}`,
];

/** The arguments of pg_dump. It writes directly to the file and has the lock timeout of the rollback. */
export const dumpArguments = (tables: readonly string[], file: string): readonly string[] => [
  '-Fc',
  `--lock-wait-timeout=${LOCK_TIMEOUT}`,
  ...tables.flatMap((table) => ['-t', quotedTable(table)]),
  ...['-f', file],
];

export const listDumpArguments = (file: string): readonly string[] => ['-l', file];

/**
 * Tables whose rows are in a dump, from the list `pg_restore -l` prints (`215; 0 16386 TABLE DATA public approvals
 * owner`).
 */
export function tablesInDump(listing: string): readonly string[] {
  const found = [...listing.matchAll(/^\d+; \d+ \d+ TABLE DATA (\S+) (.+) \S+$/gm)];
  return found.map(([, schema = '', table = '']) => `${schema}.${table}`);
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function quotedTable(table: string): string {
  const dot = table.indexOf('.');
  return [table.slice(0, dot), table.slice(dot + 1)].map((part) => `"${part.replaceAll('"', '""')}"`).join('.');
}

/** The contents of a dump in words: "2 tables and the migration history". The history row is restored with the tables. */
export function dumpedWords(tables: readonly string[]): string {
  const own = tables.filter((table) => table !== HISTORY_TABLE);
  return own.length === tables.length
    ? count(own.length, 'table')
    : `${count(own.length, 'table')} and the migration history`;
}

/**
 * A query for the sessions with this application name: the lock that each waits for, and who holds it. Other waits are
 * left out.
 */
export const sessionQuery = (application: string): string =>
  "/* rollbook session */ select coalesce(json_agg(json_build_object('state', coalesce(a.state, ''), " +
  "'waits', case when a.wait_event_type = 'Lock' then coalesce(a.wait_event, 'lock') else '' end, 'blockers', " +
  "(select coalesce(json_agg(json_build_object('pid', b.pid, 'application', coalesce(b.application_name, ''), " +
  "'state', coalesce(b.state, '')) order by b.pid), '[]') from pg_stat_activity b where b.pid = any(pg_blocking_pids(a.pid))))), '[]') " +
  `from pg_stat_activity a where a.application_name = '${application.replaceAll("'", "''")}'`;

export interface SessionSeen {
  /** As PostgreSQL says it: `active`, `idle in transaction`. */
  readonly state: string;
  /** The type of lock it waits for, `relation` for a table; '' for none. */
  readonly waits: string;
  /** The sessions that hold the lock; ids of server processes. */
  readonly blockers: readonly { readonly pid: number; readonly application: string; readonly state: string }[];
}

/** `active, waits for a lock (relation) of process 4711 (psql, idle in transaction)`. */
export function sessionText({ state, waits, blockers }: SessionSeen): string {
  const who = blockers.map(({ pid, application, state: does }) => {
    const about = [application, does].filter((word) => word !== '').join(', ');
    return `process ${pid}${about === '' ? '' : ` (${about})`}`;
  });
  const lock = waits === '' ? '' : `, waits for a lock (${waits})${who.length === 0 ? '' : ` of ${who.join(' and ')}`}`;
  return `${state === '' ? 'there' : state}${lock}`;
}
