/**
 * Finds the connection targets in the arguments of a PostgreSQL client. They override PG* variables, and everybody on the
 * machine can read them in the process list (psql, pg_dump, pg_restore, createdb and dropdb 15, their manual pages).
 */
import { readScript } from '../../runbook-check/script.ts';

interface ClientOptions {
  /** Letters that take a value; `d` among them is the database. */
  readonly short: string;
  /** Long options that take a value, which may be the next word. */
  readonly long: readonly string[];
  /** The first word that is no option is the database. */
  readonly positional: boolean;
}

const OF_ALL = ['host', 'port', 'username', 'file'];

const CLIENTS: Readonly<Record<string, ClientOptions>> = {
  psql: {
    short: 'cdfvLoFPRThpU',
    long: [
      ...OF_ALL,
      ...[
        'command',
        'set',
        'variable',
        'log-file',
        'output',
        'field-separator',
        'pset',
        'record-separator',
        'table-attr',
      ],
    ],
    positional: true,
  },
  pg_dump: {
    short: 'dfFjnNtTZESehpU',
    long: [
      ...OF_ALL,
      ...['format', 'jobs', 'schema', 'exclude-schema', 'table', 'exclude-table', 'exclude-table-data', 'compress'],
      ...['encoding', 'superuser', 'extension', 'lock-wait-timeout', 'section', 'snapshot', 'role', 'rows-per-insert'],
    ],
    positional: true,
  },
  pg_restore: {
    short: 'dfFIjLnNPStThpU',
    long: [
      ...OF_ALL,
      ...[
        'format',
        'index',
        'jobs',
        'use-list',
        'schema',
        'exclude-schema',
        'function',
        'superuser',
        'table',
        'trigger',
      ],
      ...['section', 'role'],
    ],
    positional: false,
  },
  createdb: {
    short: 'DElOSThpU',
    long: [
      ...OF_ALL,
      ...['tablespace', 'encoding', 'locale', 'lc-collate', 'lc-ctype', 'owner', 'strategy', 'template'],
      ...['icu-locale', 'locale-provider', 'maintenance-db'],
    ],
    positional: true,
  },
  dropdb: { short: 'hpU', long: [...OF_ALL, 'maintenance-db'], positional: true },
};

/** The options for host, port and user, short and long. */
const SERVER = new Set(['h', 'host', 'p', 'port', 'U', 'username']);

export const isDatabaseClient = (tool: string): boolean => Object.hasOwn(CLIENTS, tool);

export interface NamedDatabase {
  /** Index of the word that has it. */
  readonly index: number;
  /** A name, an address or a `key=value` string, as written. */
  readonly value: string;
}

/** The databases in the arguments of a tool; none if it is not a client. */
export function databasesNamed(tool: string, words: readonly string[]): readonly NamedDatabase[] {
  return targetsNamed(tool, words, (name) => name === 'dbname');
}

/** The databases, hosts, ports and users in the arguments of a tool. Each overrides a PG* variable. */
export const targetsOf = (tool: string, words: readonly string[]): readonly NamedDatabase[] =>
  targetsNamed(tool, words, (name) => name === 'dbname' || SERVER.has(name));

function targetsNamed(
  tool: string,
  words: readonly string[],
  counts: (option: string) => boolean,
): readonly NamedDatabase[] {
  const client = Object.hasOwn(CLIENTS, tool) ? CLIENTS[tool] : undefined;
  if (client === undefined) return [];
  const found: NamedDatabase[] = [];
  const plain: NamedDatabase[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const option = optionOf(word, client);
    if (option === null) plain.push({ index, value: word });
    if (option === null || option.name === null) continue;
    const behind = option.value === null;
    if (behind) index += 1;
    const value = option.value ?? words[index];
    // An empty name means PGDATABASE: pg_restore needs a database argument.
    if (counts(option.name) && value !== undefined && value !== '') found.push({ index, value });
  }
  const [first] = plain;
  return client.positional && first !== undefined ? [...found, first] : found;
}

/** Null: not an option. `name` null: an option without a value. `value` null: the value is the next word. */
function optionOf(
  word: string,
  client: ClientOptions,
): { readonly name: string | null; readonly value: string | null } | null {
  if (word.startsWith('--')) {
    const [name = '', ...rest] = word.slice(2).split('=');
    const takes = name === 'dbname' || client.long.includes(name);
    return { name: takes ? name : null, value: word.includes('=') ? rest.join('=') : null };
  }
  if (!/^-[A-Za-z0-9?]/.test(word)) return null;
  // Letters without a value may stand together, and the last one may have its value right behind it: `-Atd shop`.
  const at = word.slice(1).search(new RegExp(`[${client.short}]`));
  if (at < 0) return { name: null, value: null };
  const rest = word.slice(at + 2);
  return { name: word[at + 1] === 'd' ? 'dbname' : (word[at + 1] ?? ''), value: rest === '' ? null : rest };
}

/** The databases that the clients in a shell text name. `$NAME` is not replaced. */
export const databasesIn = (text: string): readonly string[] => eachIn(text, databasesNamed);

/** Everything in a shell text that overrides the PG* variables: arguments of clients, and assignments. */
export const targetsIn = (text: string): readonly string[] => [...eachIn(text, targetsOf), ...setAnew(text)];

/** The assignments to PG* variables in a shell text that change the target. */
export const setAnew = (text: string): readonly string[] =>
  [...text.matchAll(/\b(PG(?:HOST|HOSTADDR|PORT|DATABASE|USER|PASSWORD|PASSFILE|SERVICE|SERVICEFILE))=/g)].map(
    ([, name = '']) => name,
  );

const eachIn = (
  text: string,
  find: (tool: string, words: readonly string[]) => readonly NamedDatabase[],
): readonly string[] =>
  readScript(text).calls.flatMap(({ tool, args }) =>
    find(
      tool,
      args.map((arg) => arg.value),
    ).map(({ value }) => value),
  );
