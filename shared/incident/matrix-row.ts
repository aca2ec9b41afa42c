/** The row of the decision matrix that applies: it sets the target and the possible ways. */
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

/** The row that applies now; null when the incident was declared without one. */
export const rowOf = (state: IncidentState, runbook: Runbook): MatrixRow | null =>
  runbook.matrix.rows.find(({ line }) => line === state.row?.line) ?? null;

/**
 * The row that applies after the severity changed, when nobody named one. The declared row if it has that severity, so
 * that lowering and raising again cannot loosen the target. Otherwise, when raised, the row with the shortest target; when
 * lowered, the row most similar to the current condition. null: the matrix has no row of this severity; the target stays.
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

/** When in doubt, the more severe row: of the next higher severity, the row most similar to this one. */
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

/** How many words both have, without numbers and words of under four letters. */
function likeness(a: string, b: string): number {
  const wordsOf = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().match(/[a-z]{4,}/g) ?? []);
  const other = wordsOf(b);
  return [...wordsOf(a)].filter((word) => other.has(word) && !COMMON.has(word)).length;
}

const COMMON: ReadonlySet<string> = new Set(['more', 'than', 'above', 'below', 'with', 'from', 'that', 'service']);

/** Only P2 and P3 may be fixed forward; P0 and P1 are rolled back unless the severity is lowered first. */
export const mayFixForward = (severity: Severity): boolean => severity === 'P2' || severity === 'P3';

/** A row without a procedure is fixed forward. */
export const isFixForward = (row: MatrixRow): boolean => row.procedures.length === 0 && mayFixForward(row.severity);

const STOPPING =
  /\b(?:stop|halt|block|freeze|isolate)\b.*?\b(?:writ\w+|machines?|services?|traffic|harm|users?|database|attack\w*)\b|\bmaintenance\b|\bcontain\b|\bshut\b.*?\bdown\b/i;
const GOING_BACK = /\broll(?:ing)?[- ]?back\b|\brevert\b|\brestore\b|\bredeploy\b|\bfix forward\b/i;

/** The row's action names stopping the harm before anything else: its target counts to `contained`. */
export function stopsFirst({ action }: Pick<RowFact, 'action'>): boolean {
  const [stop, back] = [action.search(STOPPING), action.search(GOING_BACK)];
  return stop >= 0 && (back < 0 || stop < back);
}

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

/** '' when nothing has to come first. */
export const rowAdvice = ({ condition }: Pick<MatrixRow, 'condition'>): string =>
  ADVICE.find(([words]) => words.test(condition))?.[1] ?? '';

/** The recorded reason when nobody gave one: the procedure is one of those of the matrix row. */
export const ROW_REASON = 'one of the ways of the matrix row';

/** The same when the incident was declared without a row. */
export const NO_ROW_REASON = 'chosen when declaring';

/** Whether a reason is only that of the matrix row; older incidents say it in other words. */
export const isRowReason = (reason: string): boolean =>
  reason === '' || reason === ROW_REASON || reason === 'the matrix row leads to it';

/** `way 4 of 4 in the matrix row`; '' when it is the only one, or the incident or the runbook has no such row. */
export function rankInRow(runbook: Runbook, declared: { readonly line: number } | null, procedureId: string): string {
  const procedures = runbook.matrix.rows.find(({ line }) => line === declared?.line)?.procedures ?? [];
  if (procedures.length === 0) return '';
  const rank = procedures.indexOf(procedureId) + 1;
  if (rank === 1 && procedures.length === 1) return '';
  return rank === 0 ? 'not a way of the matrix row' : `way ${rank} of ${procedures.length} in the matrix row`;
}
