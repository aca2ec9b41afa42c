import type { CheckView } from '#shared/runbook-check/check-view.ts';
import { count } from '#shared/words/count.ts';

/** "The check found 2 errors and 1 warning." */
export function foundText(
  check: { readonly findings: readonly Pick<CheckView['findings'][number], 'severity'>[] } | null,
): string {
  if (check === null) return 'The check has not finished.';
  const errors = check.findings.filter(({ severity }) => severity === 'error').length;
  const warnings = check.findings.filter(({ severity }) => severity === 'warning').length;
  if (errors + warnings === 0) return 'The check found no errors.';
  return `The check found ${count(errors, 'error')} and ${count(warnings, 'warning')}.`;
}
