/**
 * Finds what is not allowed in a file that runs in one transaction with its history row (product rule 9): statements that end
 * the transaction, cannot run in one, or change its time limits.
 */
import { lineOf, type SqlToken, sqlTokens, statementsOf } from './sql-tokens.ts';

export interface Refusal {
  readonly line: number;
  readonly what: string;
  readonly why: string;
}

interface RefusalRule {
  /** Upper-case words a statement begins with. */
  readonly begins: readonly (readonly string[])[];
  readonly why: string;
}

const ENDS = 'it would end the transaction, so that a later failure could not be taken back';
const OUTSIDE = 'it cannot run inside a transaction';
const LIMITS = 'it would take the time limits away that keep a rollback from queueing behind a lock';

const BEGINNINGS: readonly RefusalRule[] = [
  { begins: words('BEGIN|START|COMMIT|END|ROLLBACK|ABORT|PREPARE TRANSACTION'), why: ENDS },
  {
    begins: words(
      'VACUUM|CREATE DATABASE|DROP DATABASE|CREATE TABLESPACE|DROP TABLESPACE|ALTER SYSTEM|REINDEX DATABASE|REINDEX SYSTEM|DISCARD ALL',
    ),
    why: OUTSIDE,
  },
  { begins: words('RESET ALL|RESET LOCK_TIMEOUT|RESET STATEMENT_TIMEOUT'), why: LIMITS },
];

/** Settings a file may not set. */
const SETTINGS: Readonly<Record<string, string>> = {
  LOCK_TIMEOUT: LIMITS,
  STATEMENT_TIMEOUT: LIMITS,
  STANDARD_CONFORMING_STRINGS: 'it changes where strings end, so that the file could not be read safely',
};

function words(list: string): readonly (readonly string[])[] {
  return list.split('|').map((each) => each.split(' '));
}

export function refusals(sql: string): readonly Refusal[] {
  const tokens = sqlTokens(sql);
  const at = (token: SqlToken, what: string, why: string): Refusal => ({ line: lineOf(sql, token.start), what, why });
  const alone = tokens.flatMap((token): Refusal[] => {
    if (token.kind === 'backslash') return [at(token, '\\', 'commands of psql itself cannot be taken back')];
    if (token.kind === 'open') return [at(token, token.text.slice(0, 10), 'it is opened and never closed')];
    if (upper(token) === 'CONCURRENTLY') return [at(token, 'CONCURRENTLY', OUTSIDE)];
    return [];
  });
  const whole = statementsOf(tokens).flatMap((statement): Refusal[] => {
    const [first] = statement;
    const found = first === undefined ? null : refused(statement.map(upper));
    return first === undefined || found === null ? [] : [at(first, found.what, found.why)];
  });
  return [...alone, ...whole].sort((a, b) => a.line - b.line);
}

/** '' for a token that is not a word. A quoted name is never a keyword. */
const upper = (token: SqlToken): string => (token.kind === 'word' ? token.text.toUpperCase() : '');

function refused(statement: readonly string[]): { readonly what: string; readonly why: string } | null {
  for (const { begins, why } of BEGINNINGS) {
    const found = begins.find((beginning) => beginning.every((word, index) => statement[index] === word));
    if (found !== undefined) return { what: found.join(' '), why };
  }
  const setting = settingOf(statement);
  const why = setting === null ? undefined : SETTINGS[setting];
  if (setting !== null && why !== undefined) return { what: `SET ${setting}`, why };
  if (statement[0] === 'COPY' && statement.some((word) => word === 'STDIN')) {
    return { what: 'COPY FROM STDIN', why: 'the rows behind it are no SQL and cannot be looked through' };
  }
  if (statement.some((word, index) => word === 'BEGIN' && statement[index + 1] === 'ATOMIC')) {
    return {
      what: 'BEGIN ATOMIC',
      why: 'its END cannot be told from the end of the transaction; write the body in $$',
    };
  }
  return null;
}

function settingOf(statement: readonly string[]): string | null {
  if (statement[0] !== 'SET') return null;
  const skipped = statement[1] === 'LOCAL' || statement[1] === 'SESSION' ? 2 : 1;
  return statement[skipped] ?? null;
}
