import { procedureOf } from '#shared/incident/state.ts';
import type { Step } from '#shared/runbook/model.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { LastRun } from './LastRun.tsx';
import { runsOf } from './runs.ts';

/** What the step before this one has read, open until this step has run something itself: it is what a person acts on. */
export function ReadBefore({ step }: { readonly step: Step }) {
  const { state, runbook } = useIncident();
  const steps = procedureOf(state, runbook)?.steps ?? [];
  const before = steps[steps.findIndex(({ id }) => id === step.id) - 1];
  if (before === undefined || runsOf(state, step).length > 0) return null;
  const reads = runsOf(state, before).filter(({ effect, endedAt }) => effect === 'read' && endedAt !== null);
  if (reads.length === 0) return null;
  return (
    <details open>
      <summary>Read by “{before.title}”</summary>
      <div className="stack stack--tight">
        {reads.map((run) => (
          <LastRun key={run.runId} run={run} />
        ))}
      </div>
    </details>
  );
}
