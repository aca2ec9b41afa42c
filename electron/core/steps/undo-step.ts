import type { Runbook, Step } from '#shared/runbook/model.ts';
import { definitionOf } from '#shared/steps/registry.ts';

/**
 * The id of the step that takes the change of `step` back: of the same procedure, or else the first of the runbook. Null:
 * none.
 */
export function undoStepOf(runbook: Runbook, step: Step): string | null {
  const { undoneBy } = definitionOf(step);
  const own = runbook.procedures.filter(({ steps }) => steps.some(({ id }) => id === step.id));
  const steps = [...own, ...runbook.procedures].flatMap((procedure) => procedure.steps);
  return steps.find(({ kind }) => kind === undoneBy?.kind)?.id ?? null;
}
