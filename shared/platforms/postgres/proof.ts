/** The post-condition of a database rollback: history, catalogue and counts, never vacuous (product rules 4 and 9). */
import { count } from '#shared/words/count.ts';
import type { Migration } from '../supabase/migrations.ts';
import type { SqlFacts } from './sql-tables.ts';

export interface DatabaseReading {
  readonly history: readonly Migration[];
  readonly catalogue: readonly string[];
  /** Rows by `schema.table`; null when they could not be counted. */
  readonly counts: Readonly<Record<string, number>> | null;
  /** Sessions of this rollback that are still on the server. */
  readonly left: number;
}

export interface DatabaseExpectation {
  readonly version: string;
  readonly facts: Pick<SqlFacts, 'gone' | 'exists' | 'rows'>;
  /** Counts from just before the SQL; null when there are none. */
  readonly before: Readonly<Record<string, number>> | null;
}

export interface DatabaseFinding {
  readonly rule: 'session-over' | 'history-row-gone' | 'catalogue' | 'counts';
  readonly met: boolean;
  readonly detail: string;
}

export function judgeDatabase(
  reading: DatabaseReading,
  expected: DatabaseExpectation,
): { readonly met: boolean; readonly findings: readonly DatabaseFinding[] } {
  const findings = [
    sessions(reading),
    history(reading, expected),
    catalogue(reading, expected),
    counts(reading, expected),
  ];
  return { met: findings.every(({ met }) => met), findings };
}

function sessions({ left }: DatabaseReading): DatabaseFinding {
  const met = left === 0;
  const detail = met
    ? 'No session of the rollback is left on the server.'
    : `${left} session of the rollback still works on the server.`;
  return { rule: 'session-over', met, detail };
}

function history({ history: rows }: DatabaseReading, { version }: DatabaseExpectation): DatabaseFinding {
  const met = !rows.some((row) => row.version === version);
  const detail = met
    ? `The history has no row ${version} any more; its newest is ${rows[0]?.version ?? 'none'}.`
    : `The history still has the row ${version}: the migration was not taken back.`;
  return { rule: 'history-row-gone', met, detail };
}

function catalogue({ catalogue: there }: DatabaseReading, { facts }: DatabaseExpectation): DatabaseFinding {
  const rule = 'catalogue';
  if (facts.gone.length + facts.exists.length === 0) {
    const detail =
      'Nothing says which tables must be gone or there; add "-- rollbook: exists TABLE" lines to the file.';
    return { rule, met: false, detail };
  }
  const still = facts.gone.filter((table) => there.includes(table));
  const missing = facts.exists.filter((table) => !there.includes(table));
  const wrong = [...still.map((table) => `${table} is still there`), ...missing.map((table) => `${table} is missing`)];
  if (wrong.length > 0) return { rule, met: false, detail: `${wrong.join('; ')}.` };
  const right = [...facts.gone.map((table) => `${table} is gone`), ...facts.exists.map((table) => `${table} is there`)];
  return { rule, met: true, detail: `${right.join('; ')}.` };
}

/** A surviving table may grow, because others write to it, but shrink only if the file changes its rows. */
function counts({ counts: after }: DatabaseReading, { before, facts }: DatabaseExpectation): DatabaseFinding {
  const rule = 'counts';
  if (before === null || after === null) {
    return { rule, met: false, detail: 'The rows could not be counted before and after, so nothing can be compared.' };
  }
  const surviving = Object.keys(before).filter((table) => !facts.gone.includes(table));
  const change = (table: string): string =>
    `${table}: ${count(before[table] ?? 0, 'row')}, now ${after[table] ?? 'none'}`;
  const lost = surviving.filter((table) => {
    const now = after[table];
    return now === undefined || (now < (before[table] ?? 0) && !facts.rows.includes(table));
  });
  if (lost.length > 0) return { rule, met: false, detail: `Fewer rows than before in ${lost.map(change).join('; ')}.` };
  const changed = surviving.filter((table) => after[table] !== before[table]);
  const changes = changed.length === 0 ? 'none changed' : changed.map(change).join('; ');
  return {
    rule,
    met: true,
    detail: `${surviving.length} surviving tables have no fewer rows than before (${changes}).`,
  };
}
