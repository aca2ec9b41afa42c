/** Compares the database of the connection string and of the server with the one that the runbook declares. */
import type { Connection } from './connection.ts';

/** What the runbook's front matter declares under `database:`. */
export interface DatabaseSettings {
  /** Name of the environment variable with the connection string. */
  readonly url: string;
  /** Supabase project ref; null where there is none. */
  readonly project: string | null;
  /** Host name; null: the host of the project. */
  readonly host: string | null;
  readonly name: string;
}

/** What the server says about itself. */
export interface ServerFacts {
  readonly database: string;
  readonly user: string;
  /** Address at which the server accepted the connection; null on a local socket. */
  readonly address: string | null;
  readonly port: number | null;
  readonly version: string;
  /** True: it is a read-only standby of another server. */
  readonly standby: boolean;
}

export interface DatabaseTarget {
  readonly host: string;
  readonly port: number;
  readonly project: string | null;
  readonly name: string;
  readonly user: string;
  readonly address: string | null;
  readonly serverVersion: string;
}

export const targetOf = (connection: Connection, server: ServerFacts): DatabaseTarget => ({
  host: connection.host,
  port: connection.port,
  project: connection.project,
  name: server.database,
  user: server.user,
  address: server.address,
  serverVersion: server.version,
});

/** The differences from the declared database, as sentences; none: it is that database. */
export function mismatches(target: DatabaseTarget, server: ServerFacts, declared: DatabaseSettings): readonly string[] {
  const found = [...declaredElsewhere(target, declared)];
  if (target.name !== declared.name) {
    found.push(`The runbook means database ${declared.name}, the server says ${target.name}.`);
  }
  if (server.standby) found.push('The server is a standby: nothing can be changed there.');
  return found;
}

/** The differences that the connection string alone shows: another project or host. */
export function declaredElsewhere(
  target: Pick<DatabaseTarget, 'project' | 'host'>,
  declared: DatabaseSettings,
): readonly string[] {
  const found: string[] = [];
  if (declared.project !== null && target.project !== declared.project) {
    found.push(`The runbook means project ${declared.project}, the connection leads to ${target.project ?? 'none'}.`);
  }
  if (declared.host !== null && target.host !== declared.host.toLowerCase()) {
    found.push(`The runbook means host ${declared.host}, the connection leads to ${target.host}.`);
  }
  return found;
}

/** Host, project and database in one line. */
export const targetText = (target: Pick<DatabaseTarget, 'host' | 'port' | 'project' | 'name'>): string =>
  [`${target.host}:${target.port}`, ...(target.project === null ? [] : [target.project]), target.name].join('/');

/**
 * The name whose end a person types to confirm the target: the Supabase project, whose database is always called postgres,
 * or else the database.
 */
export const wordToType = (target: Pick<DatabaseTarget, 'project' | 'name'>): string => target.project ?? target.name;

export const isTyped = (target: Pick<DatabaseTarget, 'project' | 'name'>, typed: string): boolean =>
  isEndTyped(wordToType(target), typed);

/** The fewest letters of an ending that count as typed. */
export const SHORTEST_ENDING = 4;

/** At least the last four letters; all of a shorter word. */
export function isEndTyped(word: string, typed: string): boolean {
  const given = typed.trim().toLowerCase();
  return given.length >= Math.min(SHORTEST_ENDING, word.length) && word.toLowerCase().endsWith(given);
}
