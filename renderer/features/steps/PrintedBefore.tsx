import { procedureOf, runsOfStep } from '#shared/incident/state.ts';
import type { Step } from '#shared/runbook/model.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { LastRun } from '../output/LastRun.tsx';

/** What the step before printed when it only read: a person needs it to answer or to decide here. */
export function PrintedBefore({ step }: { readonly step: Step }) {
  const { state, runbook } = useIncident();
  const steps = procedureOf(state, runbook)?.steps ?? [];
  const before = steps[steps.findIndex(({ id }) => id === step.id) - 1];
  const run =
    before?.kind === 'task' ? runsOfStep(state, before.id).findLast(({ effect }) => effect === 'read') : undefined;
  if (run === undefined || before === undefined) return null;
  return (
    <details open>
      <summary>Printed by “{before.title}”</summary>
      <LastRun run={run} />
    </details>
  );
}
