/** Parses PostgreSQL connection strings, so that the password is passed in PG* variables and nowhere else. */
import { RollbookError } from '../../api/result.ts';

export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Decoded; '' when there is none. */
  readonly password: string;
  readonly database: string;
  /** As libpq names it; null when the string does not say. */
  readonly sslmode: string | null;
  /** Supabase's project ref, from the host (`db.REF.supabase.co`) or the user (`postgres.REF`); null elsewhere. */
  readonly project: string | null;
}

/** Supabase's transaction pooler: a session's settings, temporary tables and locks do not hold there. */
const POOLER_PORT = 6543;

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
/** User, password, host, port, database, options; an unencoded @ may stand in the password. */
const ADDRESS =
  /^postgres(?:ql)?:\/\/(?:([^:@/?#]*)(?::([^/?#]*))?@)?(\[[^\]]+\]|[^:/?#@]*)(?::(\d{1,5}))?(?:\/([^/?#]*))?(?:\?([^#]*))?$/i;
/** Options that do not change the target; some are for other programs. */
const KNOWN_OPTIONS = new Set(['sslmode', 'connect_timeout', 'application_name', 'pgbouncer', 'connection_limit']);
const SSL_MODES = new Set(['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']);

/**
 * Reads `postgres://` and `postgresql://` strings. Errors never contain the string.
 * Codes: `bad-arguments` (another kind of string, several hosts, a part missing), `not-allowed` (port 6543).
 */
export function readConnection(text: string, variable: string): Connection {
  const bad = (why: string): RollbookError =>
    new RollbookError(
      'bad-arguments',
      `$${variable} ${why}.`,
      `Set ${variable} to postgresql://USER:PASSWORD@HOST:5432/DATABASE and start Rollbook again.`,
    );
  const parts = ADDRESS.exec(text.trim());
  if (parts === null) throw bad('is not a postgresql:// address');
  const [host = '', user = '', password = '', database = ''] = [parts[3], parts[1], parts[2], parts[5]].map((part) => {
    const plain = decoded(part ?? '');
    if (plain === null) throw bad('holds a % that encodes nothing');
    return plain;
  });
  if (host === '') throw bad('names no host');
  if (host.includes(',')) throw bad('names several hosts');
  if (user === '') throw bad('names no user');
  if (database === '') throw bad('names no database');
  if (/[\0\r\n]/.test([host, user, password, database].join(''))) throw bad('holds a line break or NUL');
  const options = optionsOf(parts[6] ?? '');
  const unknown = Object.keys(options).find((name) => !KNOWN_OPTIONS.has(name));
  // In libpq an option overrides host, port and user, so the address would be misleading.
  if (unknown !== undefined) throw bad(`has the option "${unknown}", which Rollbook does not take`);
  const sslmode = options['sslmode'] ?? null;
  if (sslmode !== null && !SSL_MODES.has(sslmode)) throw bad(`has the unknown sslmode "${sslmode.slice(0, 20)}"`);
  const port = parts[4] === undefined ? 5432 : Number(parts[4]);
  if (port === POOLER_PORT) {
    throw new RollbookError(
      'not-allowed',
      `$${variable} leads to port ${POOLER_PORT}, the transaction pooler: a rollback in one transaction with its timeouts does not hold there.`,
      'Use the direct connection (db.REF.supabase.co, port 5432) or the session pooler (port 5432).',
    );
  }
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return { host: name, port, user, password, database, sslmode, project: projectOf(name, user) };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function optionsOf(query: string): Readonly<Record<string, string>> {
  const pairs = query.split('&').filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [name, decoded(value.join('=')) ?? ''];
    }),
  );
}

const REF = '[a-z]{20}';

function projectOf(host: string, user: string): string | null {
  const direct = new RegExp(`^db\\.(${REF})\\.supabase\\.(?:co|com|red)$`).exec(host)?.[1];
  const pooled = host.endsWith('.pooler.supabase.com') ? new RegExp(`\\.(${REF})$`).exec(user)?.[1] : undefined;
  return direct ?? pooled ?? null;
}

const isLoopback = (host: string): boolean => LOOPBACK.has(host);

/** The environment variables for psql, pg_dump and pg_restore. `application`: the session name in pg_stat_activity. */
export function connectionEnvironment(connection: Connection, application: string): Readonly<Record<string, string>> {
  // libpq's default, "prefer", silently falls back to an unencrypted connection: allow that only on this machine.
  const sslmode = connection.sslmode ?? (isLoopback(connection.host) ? null : 'require');
  return {
    PGHOST: connection.host,
    PGPORT: String(connection.port),
    PGUSER: connection.user,
    PGDATABASE: connection.database,
    PGCONNECT_TIMEOUT: '10',
    PGCLIENTENCODING: 'UTF8',
    PGAPPNAME: application,
    ...(connection.password === '' ? {} : { PGPASSWORD: connection.password }),
    ...(sslmode === null ? {} : { PGSSLMODE: sslmode }),
  };
}
