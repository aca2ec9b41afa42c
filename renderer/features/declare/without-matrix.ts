/** What is chosen in place of a row of the matrix, where the runbook has none: the severity alone. */
import type { MatrixRow, Severity } from '#shared/runbook/model.ts';

const SEVERITIES: readonly Severity[] = ['P0', 'P1', 'P2', 'P3'];

/** Rows that are in no runbook: their lines are below 1. */
export const SEVERITY_ROWS: readonly MatrixRow[] = SEVERITIES.map((severity, index) => ({
  severity,
  condition: 'The runbook has no decision matrix: say below what is wrong',
  action: 'Choose a procedure next',
  target: { text: 'no target', ms: null },
  procedures: [],
  line: -1 - index,
  start: 0,
  end: 0,
}));

export const isInRunbook = ({ line }: MatrixRow): boolean => line > 0;
