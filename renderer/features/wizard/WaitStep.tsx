import { deployProgress } from '#shared/platforms/fly/deploy-progress.ts';
import { seenEndText } from '#shared/incident/running-command.ts';
import { activeRun, type IncidentState, type RunState } from '#shared/incident/state.ts';
import type { Step } from '#shared/runbook/model.ts';
import { useConnection } from '../../stores/connection.ts';
import { useIncidentStore } from '../../stores/incident.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { useOutput } from '../../stores/output.ts';
import { useIncident, useIncidentNow } from '../../stores/use-incident.ts';
import { duration, timeOfDay } from '../../ui/time.ts';
import { OutputPanel } from './OutputPanel.tsx';
import { RolloutView } from '../steps/RolloutView.tsx';
import { runInSight } from './runs.ts';
import { StepFrame } from './StepFrame.tsx';
import { StepMaterial } from './StepMaterial.tsx';
import { WatchStep } from '../steps/WatchStep.tsx';

/** Something runs. What it says, how long it has run, and how long it usually takes. */
export function WaitStep({ step }: { readonly step: Step }) {
  const { state } = useIncident();
  const now = useIncidentNow();
  const seenEnd = useSeenEnd();
  const lostAt = useConnection((connection) => connection.lostAt);
  if (definitionOf(step).takesWatch === true && state.asked === null) return <WatchStep step={step} />;
  const run = runInSight(state, step);
  const active = activeRun(state);
  const since = state.asked?.at ?? active?.intendedAt ?? now;
  return (
    <StepFrame
      step={step}
      title={step.title}
      primary={null}
      status={
        <p role="status">
          {lostAt === null ? null : <>As of {timeOfDay(lostAt)}, without news since: </>}
          <strong>{active === null ? (seenEnd ?? checking(state.asked?.what)) : doing(active, state, step)}</strong>
          {active === null ? null : <Progress runId={active.runId} />}
          {lostAt === null ? (
            <span className="soft tabular"> {duration(now - since)} so far. The next action comes by itself.</span>
          ) : null}
        </p>
      }
    >
      {active?.effect === 'change' || state.asked?.what === 'change' ? <RolloutView step={step} /> : null}
      {run === null ? null : <OutputPanel key={run.runId} run={run} />}
      <StepMaterial step={step} without={run?.runId ?? null} />
    </StepFrame>
  );
}

/** What is said of the last command while its end cannot be written down; null: it can. */
function useSeenEnd(): string | null {
  const { state } = useIncident();
  const kept = useIncidentStore((store) => store.kept);
  const end = useIncidentStore(({ storageHealth, ended }) => (storageHealth === null ? undefined : ended.at(-1)));
  if (end === undefined) return null;
  const stop = kept.findLast((entry) => entry.stop?.runId === end.runId);
  const keptStop = stop?.stop == null ? null : { how: stop.stop.how, at: stop.at };
  return seenEndText(end, state.runs.get(end.runId)?.stopAsked ?? keptStop);
}

/** As many lines as the newest that tells of a machine may stand from the end. */
const LOOKED_AT = 50;

/** Which machine of how many a deploy is at, by what it prints; nothing for a command that does not say so. */
function Progress({ runId }: { readonly runId: string }) {
  const { lines, total } = useOutput(runId);
  const first = Math.max(0, total - LOOKED_AT);
  const progress = deployProgress(Array.from({ length: total - first }, (_, n) => lines.get(first + n)?.text));
  if (progress === null) return null;
  return (
    <span>
      {' '}
      Machine {progress.machine} of {progress.of}: {progress.doing}.
    </span>
  );
}

const checking = (what: 'reads' | 'change' | 'proof' | undefined): string =>
  what === 'reads' ? 'Reading.' : 'Checking the post-condition: machines, checks, health address.';

/** The whole command stands over its output; here it is enough to say what is going on. */
function doing(run: RunState, state: IncidentState, step: Step): string {
  if (run.effect === 'change' && definitionOf(step).deploys === 'one-service' && state.choice !== null)
    return `Deploying v${state.choice.version} to ${state.declared.service}.`;
  return `Running ${run.shown.split(/\s+/).slice(0, 2).join(' ')}.`;
}
