/** Which row of the decision matrix holds: it sets the target, and which ways there are. */
import type { MatrixRow, Runbook, Severity } from '../runbook/model.ts';
import type { PayloadOf } from './event.ts';
import type { IncidentState } from './state.ts';

export type RowFact = PayloadOf<'row.chosen'>['row'];

export const factOfRow = (row: MatrixRow): RowFact => ({
  condition: row.condition,
  action: row.action,
  targetText: row.target.text,
  targetMs: row.target.ms,
  line: row.line,
});

/** The row of the runbook that holds now; null when it was declared without one. */
export const rowOf = (state: IncidentState, runbook: Runbook): MatrixRow | null =>
  runbook.matrix.rows.find(({ line }) => line === state.row?.line) ?? null;

/**
 * The row whose target a severity brings when nobody said which. The declared row when it has that severity: lowering
 * and raising again must not loosen the target. Raised to another, the one with the least time; lowered, the one whose
 * words are closest to the condition so far. null: the matrix has none of this severity, so the target stays.
 */
export function rowForSeverity(severity: Severity, state: IncidentState, runbook: Runbook): MatrixRow | null {
  const condition = state.row?.condition ?? state.declared.symptom;
  const fitting = runbook.matrix.rows.filter((row) => row.severity === severity);
  const declared = fitting.find(({ line }) => line === state.declared.row?.line);
  if (declared !== undefined) return declared;
  const closer = (a: MatrixRow, b: MatrixRow): number =>
    likeness(b.condition, condition) - likeness(a.condition, condition);
  const stricter = (a: MatrixRow, b: MatrixRow): number => timeOf(a) - timeOf(b) || 0;
  const raised = severity < state.severity;
  const [best] = fitting.toSorted((a, b) => (raised ? stricter(a, b) || closer(a, b) : closer(a, b) || stricter(a, b)));
  return best ?? null;
}

const timeOf = ({ target }: MatrixRow): number => target.ms ?? Infinity;

/** In doubt between two rows the higher one is taken: the row of the next higher severity that is most like this one. */
export function higherRow(rows: readonly MatrixRow[], row: MatrixRow): MatrixRow | null {
  const above = rows.filter(({ severity }) => severity < row.severity);
  const next = above.reduce<Severity | null>(
    (found, { severity }) => ((found ?? severity) < severity ? severity : (found ?? severity)),
    null,
  );
  const candidates = above.filter(({ severity }) => severity === next).toReversed();
  const [best] = candidates.toSorted(
    (a, b) => likeness(b.condition, row.condition) - likeness(a.condition, row.condition),
  );
  return best ?? null;
}

/** Words both have, numbers and short words left out. */
function likeness(a: string, b: string): number {
  const wordsOf = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().match(/[a-z]{4,}/g) ?? []);
  const other = wordsOf(b);
  return [...wordsOf(a)].filter((word) => other.has(word) && !COMMON.has(word)).length;
}

const COMMON: ReadonlySet<string> = new Set(['more', 'than', 'above', 'below', 'with', 'from', 'that', 'service']);

/** P2 and P3 may be corrected in place; what is worse is rolled back, or its severity lowered first. */
export const mayFixForward = (severity: Severity): boolean => severity === 'P2' || severity === 'P3';

/** A row that leads to no procedure is one that is fixed forward. */
export const isFixForward = (row: MatrixRow): boolean => row.procedures.length === 0 && mayFixForward(row.severity);

/** What to do first when a rollback alone does harm: data is being lost, or a vulnerability exploited. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /\b(exploit\w*|vulnerab\w*|breach\w*|intru\w*|attack\w*)/i,
    'Stop the machines or lock users out first, and keep the evidence. Go back only to a release that does not have the hole.',
  ],
  [
    /\bdata\b.*\b(los[st]\w*|corrupt\w*)|\bcorrupt\w*/i,
    'Stop the writes first. Then the application rollback if code did it, the database rollback if a migration did.',
  ],
];

/** '' where nothing has to come first. */
export const rowAdvice = ({ condition }: Pick<MatrixRow, 'condition'>): string =>
  ADVICE.find(([words]) => words.test(condition))?.[1] ?? '';
