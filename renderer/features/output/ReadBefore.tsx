import { readsBefore } from '#shared/incident/offered-answers.ts';
import type { Step } from '#shared/runbook/model.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { LastRun } from './LastRun.tsx';
import { runsOf } from './runs.ts';

interface ReadBeforeProps {
  readonly step: Step;
  /** Takes a value that was clicked. */
  readonly pick?: (value: string) => void;
  readonly hint?: string;
}

/**
 * What the step before this one has read, open until this step has run something itself: it is what a person acts on.
 * With `pick` a click on a value in it takes that value.
 */
export function ReadBefore({ step, pick, hint }: ReadBeforeProps) {
  const { state, runbook } = useIncident();
  const { before, reads } = readsBefore(state, runbook, step);
  if (before === null || runsOf(state, step).length > 0 || reads.length === 0) return null;
  return (
    <details open>
      <summary>Read by “{before.title}”</summary>
      {hint === undefined ? null : <p className="small">{hint}</p>}
      <div className="stack stack--tight">
        {reads.map((run) => (
          <LastRun key={run.runId} run={run} {...(pick === undefined ? {} : { pick })} />
        ))}
      </div>
    </details>
  );
}
