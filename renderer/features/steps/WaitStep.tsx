import { releaseName } from '#shared/platforms/release-name.ts';
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
import { OutputPanel } from '../output/OutputPanel.tsx';
import { RolloutView } from '../releases/RolloutView.tsx';
import { runInSight } from '../output/runs.ts';
import { RunbookText } from './RunbookText.tsx';
import { StepFrame } from './StepFrame.tsx';
import { StepMaterial } from './StepMaterial.tsx';
import { WatchStep } from '../watch/WatchStep.tsx';

/** A command or check of Rollbook is running: its output and its elapsed time. */
export function WaitStep({ step }: { readonly step: Step }) {
  const { state } = useIncident();
  const seenEnd = useSeenEnd();
  const lostAt = useConnection((connection) => connection.lostAt);
  if (definitionOf(step).takesWatch === true && state.asked === null) return <WatchStep step={step} />;
  const run = runInSight(state, step);
  const active = activeRun(state);
  return (
    <StepFrame
      step={step}
      title={step.title}
      ownText
      primary={null}
      status={
        <p role="status">
          {lostAt === null ? null : <>As of {timeOfDay(lostAt)}, without news since: </>}
          <strong>{active === null ? (seenEnd ?? waitText(state.asked?.what)) : runText(active, state, step)}</strong>
          {active === null ? null : <Progress runId={active.runId} />}
          {lostAt === null ? (
            <span className="soft tabular" aria-live="off">
              {' '}
              <SoFar since={state.asked?.at ?? active?.intendedAt ?? null} /> so far. The next action comes by itself.
            </span>
          ) : null}
        </p>
      }
    >
      {active?.effect === 'change' || state.asked?.what === 'change' ? <RolloutView step={step} /> : null}
      {run === null ? null : <OutputPanel key={run.runId} run={run} />}
      <RunbookText prose={step.prose} />
      <StepMaterial step={step} without={run?.runId ?? null} />
    </StepFrame>
  );
}

/** Elapsed time; 0:00 while the start is unknown. A component of its own, so that only it renders every second. */
function SoFar({ since }: { readonly since: number | null }) {
  const now = useIncidentNow();
  return duration(since === null ? 0 : now - since);
}

/** How the last command ended, while that cannot be written to the timeline; otherwise null. */
function useSeenEnd(): string | null {
  const { state } = useIncident();
  const kept = useIncidentStore((store) => store.kept);
  const end = useIncidentStore(({ storageHealth, ended }) => (storageHealth === null ? undefined : ended.at(-1)));
  if (end === undefined) return null;
  const stop = kept.findLast((entry) => entry.stop?.runId === end.runId);
  const keptStop = stop?.stop == null ? null : { how: stop.stop.how, at: stop.at };
  return seenEndText(end, state.runs.get(end.runId)?.stopAsked ?? keptStop);
}

/** How many lines from the end are searched for the progress of a deploy. */
const LOOKED_AT = 50;

/** The progress of a deploy, "Machine 2 of 3", if its output shows it. */
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

const waitText = (what: 'reads' | 'change' | 'proof' | undefined): string =>
  what === 'reads' ? 'Reading.' : 'Checking the post-condition: machines, checks, health address.';

/** A short text for the running command; the whole command is above its output. */
function runText(run: RunState, state: IncidentState, step: Step): string {
  if (run.effect === 'change' && definitionOf(step).deploys === 'one-service' && state.choice !== null)
    return `Deploying ${releaseName(state.choice)} to ${state.declared.service}.`;
  return `Running ${run.shown.split(/\s+/).slice(0, 2).join(' ')}.`;
}
