/** Explains a failed psql or pg_dump by the texts of PostgreSQL 15, in any language of its server (psql exits 1 to 3, pg_dump with 1). */
import type { ExitFact } from '../../incident/topics/runs-events.ts';
import { IN_THE_WAY } from '../generic/connection-errors.ts';
import { inEnglish, meaningOfState } from './server-language.ts';

export interface DatabaseExplanation {
  readonly code: string;
  /** What happened. */
  readonly sentence: string;
  /** What to do next. */
  readonly next: string;
}

interface Signature extends DatabaseExplanation {
  readonly text?: RegExp;
}

/** The first match wins, so a cause comes before what quotes it. */
const SIGNATURES: readonly Signature[] = [
  {
    code: 'lock-timeout',
    text: /canceling statement due to lock timeout/,
    sentence:
      'Another session holds a lock on a table it needs; it gave up after 5 s instead of queueing, and nothing was changed.',
    next: 'Stop the writers (maintenance mode), look at pg_stat_activity for who holds the lock, then do it once more.',
  },
  {
    code: 'statement-timeout',
    text: /canceling statement due to statement timeout/,
    sentence: 'A statement took longer than its limit; nothing was changed.',
    next: 'Find out which statement is slow; split the file, or have somebody run it with a limit of its own.',
  },
  {
    code: 'cancelled',
    text: /canceling statement due to user request/,
    sentence: 'It was cancelled; the transaction was taken back.',
    next: 'Look at what the database says now, then decide.',
  },
  {
    code: 'password-wrong',
    text: /password authentication failed|no password supplied/,
    sentence: 'The server does not accept the password.',
    next: 'Correct the connection string and start Rollbook again.',
  },
  {
    code: 'no-database',
    text: /FATAL: +database "[^"]*" does not exist/,
    sentence: 'The server has no database of that name.',
    next: 'Correct the connection string.',
  },
  {
    code: 'not-a-dump',
    text: /does not appear to be a valid archive|file is too short|could not read from input file/,
    sentence: 'The file is no dump, or not a whole one: it cannot be read back.',
    next: 'Dump again, and prove it with `pg_restore -l` before anything is changed.',
  },
  {
    code: 'nothing-dumped',
    text: /no matching tables were found/,
    sentence: 'There is no table of that name, so nothing was dumped.',
    next: 'Compare the name with the list of tables (\\dt).',
  },
  {
    code: 'file-missing',
    text: /^[^\n]*: (?:error: )?[^\n]*: No such file or directory$/m,
    sentence: 'The file is not there; nothing was changed.',
    next: 'Correct its path, from the folder in which the command runs.',
  },
  {
    code: 'unknown-option',
    text: /(?:unrecognized|invalid) option/,
    sentence: 'This client has no such option; nothing was changed.',
    next: 'Correct the command in the runbook.',
  },
  {
    code: 'tenant-unknown',
    text: /Tenant or user not found|\(ENOTFOUND\) tenant/i,
    sentence: 'The pooler of Supabase knows no such project or user.',
    next: 'Its user is `postgres.PROJECT_REF` and its host that of the region of the project; a paused project is not known either.',
  },
  {
    code: 'too-many-connections',
    text: /too many clients already|remaining connection slots are reserved|too many connections for|MaxClientsInSessionMode|max clients reached/i,
    sentence: 'The server has no connection left; nothing was changed.',
    next: 'Stop the writers or close sessions (pg_stat_activity shows whose they are), then do it once more.',
  },
  {
    code: 'starting',
    text: /the database system is (?:starting up|in recovery mode|shutting down|not (?:yet )?accepting connections)/,
    sentence: 'The server is starting, recovering or shutting down; nothing was changed.',
    next: 'Wait for half a minute and ask again; if it stays so, look at its logs and its disk.',
  },
  {
    code: 'read-only',
    text: /cannot execute [A-Z ]+ in a read-only transaction/,
    sentence:
      'The server only reads: it is a standby, or it was switched to read-only (Supabase does so when the disk is full).',
    next: 'Make sure that it is the primary, and that its disk has room.',
  },
  {
    code: 'disk-full',
    text: /No space left on device|could not extend file/,
    sentence: 'A disk is full: that of the server, or for a dump that of this machine.',
    next: 'Make room, then do it once more; a dump that was cut off is none.',
  },
  {
    code: 'not-let-in',
    text: /no pg_hba\.conf entry|no encryption|server does not support SSL|Address not in tenant allow_list/i,
    sentence: 'The server does not take this connection: not from this address, or not with this encryption (sslmode).',
    next: 'Check the allow-list of the server and the sslmode of the connection string.',
  },
  ...IN_THE_WAY,
  {
    code: 'no-ipv6',
    text: /\([\da-f]{0,4}:[\da-f:]+\)[^\n]*\n?[^\n]*(?:Network is unreachable|No route to host|Cannot assign requested address)|Cannot assign requested address/i,
    sentence: 'The server cannot be reached from this network; direct Supabase hosts have only an IPv6 address.',
    next: 'Use the session pooler (port 5432), or a network with IPv6.',
  },
  {
    code: 'no-network',
    text: /Network is unreachable|No route to host/,
    sentence: 'This network has no way to the server.',
    next: 'Check the network and the VPN, then do it once more.',
  },
  {
    code: 'no-connection',
    text: /could not translate host name|Connection refused|timeout expired|could not connect to server/,
    sentence: 'There is no connection to the server.',
    next: 'Check host and port, VPN and allow-lists, then do it once more.',
  },
  {
    code: 'connection-lost',
    text: /server closed the connection unexpectedly|terminating connection|connection to server was lost/,
    sentence: 'The connection broke off; the server takes an unfinished transaction back.',
    next: 'Look at what the database says now, then decide.',
  },
  {
    code: 'no-history',
    text: /relation "supabase_migrations\.schema_migrations" does not exist/,
    sentence: 'The database has no migration history: it is not one that supabase migrations were applied to.',
    next: 'Make sure that it is the right database.',
  },
  {
    code: 'version-mismatch',
    text: /aborting because of server version mismatch/,
    sentence: 'This pg_dump is older than the server.',
    next: 'Install the client tools of the server’s version.',
  },
  {
    code: 'not-permitted',
    text: /permission denied|must be owner of/,
    sentence: 'This user may not do that; nothing was changed.',
    next: 'Use the connection string of the owner.',
  },
];

const INTERRUPTED: DatabaseExplanation = {
  code: 'interrupted',
  sentence: 'The client was ended before it was done; the server takes an unfinished transaction back.',
  next: 'Look at what the database says now, and in pg_stat_activity whether its session is gone, then decide.',
};

export function explainDatabaseFailure(exit: ExitFact, stdout: string, stderr: string): DatabaseExplanation | null {
  if (exit.kind === 'code' && exit.code === 0) return null;
  if (exit.kind === 'signal') return INTERRUPTED;
  const said = inEnglish(stderr);
  const text = `${said}\n${inEnglish(stdout)}`;
  const state = meaningOfState(text);
  const known =
    SIGNATURES.find((signature) => signature.text?.test(text) ?? false) ??
    SIGNATURES.find(({ code }) => code === state);
  if (known !== undefined) return { code: known.code, sentence: known.sentence, next: known.next };
  const error = /^(?:psql:[^\n]*?:(\d+): )?ERROR: +(?:[0-9A-Z]{5}: )?(.+)$/m.exec(said);
  if (error === null) return null;
  const place = error[1] === undefined ? '' : ` in line ${error[1]} of the file`;
  return {
    code: 'sql-error',
    sentence: `The server refused a statement${place}: ${error[2]?.trim() ?? ''}. One transaction: nothing was changed.`,
    next: 'Correct the file, choose it again, and run it.',
  };
}
