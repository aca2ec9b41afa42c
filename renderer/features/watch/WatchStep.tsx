import { count } from '#shared/words/count.ts';
import { useState } from 'react';
import { stabilityClock } from '#shared/incident/clocks.ts';
import type { Step } from '#shared/runbook/model.ts';
import { act } from '../../stores/incident.ts';
import { type Incident, useIncident, useIncidentNow } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import { duration, timeOfDay } from '../../ui/time.ts';
import { StepFrame } from '../steps/StepFrame.tsx';
import { StepMaterial } from '../steps/StepMaterial.tsx';
import { HealthMark, WatchMonitor } from './WatchMonitor.tsx';
import './watch-step.css';

/** The watch. Readings arrive automatically; a person answers at the checkpoints and may end it early with a reason. */
export function WatchStep({ step }: { readonly step: Step }) {
  const { state, events } = useIncident();
  const [ending, setEnding] = useState(false);
  const [reason, setReason] = useState('');
  const [seen, setSeen] = useState('');
  const { watch } = state;
  if (watch === null) return null;
  const asking = watch.asking ?? null;
  const readings = lastReadings(events, watch.startedAt);
  const answer = (well: boolean): void => {
    if (asking === null || seen.trim() === '') return;
    void act({ kind: 'answer-checkpoint', stepId: step.id, minute: asking, well, observed: seen.trim() });
    setSeen('');
  };
  return (
    <StepFrame
      step={step}
      title={asking === null ? step.title : `Checkpoint after ${count(asking, 'minute')}`}
      primary={
        asking === null
          ? null
          : {
              label: 'All well',
              explain: 'Recorded with what you saw. The watch goes on meanwhile.',
              run: () => answer(true),
              blocked: seen.trim() === '' ? 'Look at the service, then say what you saw.' : null,
              changes: false,
            }
      }
      status={
        <p role="status">
          <strong>Watching.</strong>{' '}
          <span className="soft" aria-live="off">
            It ends by itself in <Remaining />.
          </span>
        </p>
      }
      secondary={
        <>
          {asking === null ? null : (
            <Button look="danger" aria-disabled={seen.trim() === ''} onClick={() => answer(false)}>
              Not well: the trouble is back
            </Button>
          )}
          <Button onClick={() => setEnding(!ending)}>End the watch early</Button>
        </>
      }
    >
      {asking === null ? null : (
        <div className="notice notice--caution checkpoint" data-enter="primary">
          <p>
            {asking} of {watch.minutes} minutes are over. Reported was:{' '}
            <strong>{state.declared.symptom === '' ? state.declared.title : state.declared.symptom}</strong>
          </p>
          <TextField label="What you see now" value={seen} onText={setSeen} autoFocus />
        </div>
      )}
      {ending ? (
        <div className="notice notice--caution stack">
          <TextField label="Why is it ended early?" value={reason} onText={setReason} autoFocus />
          <div className="row">
            <Button
              disabled={reason.trim() === ''}
              onClick={() => void act({ kind: 'end-watch', stepId: step.id, reason: reason.trim() })}
            >
              End the watch now
            </Button>
            <Button look="quiet" onClick={() => setEnding(false)}>
              Go on watching
            </Button>
          </div>
        </div>
      ) : null}
      {watch.foreign === null ? null : (
        <p className="notice notice--bad" role="alert">
          <span>
            <strong>
              v{watch.foreign.version}
              {watch.foreign.service === undefined ? '' : ` of ${watch.foreign.service}`} is not ours.
            </strong>{' '}
            {watch.foreign.user} released it during the watch: {watch.foreign.description}. Find out who deploys before
            you go on.
          </span>
        </p>
      )}
      <WatchMonitor step={step} />
      <ol className="readings" aria-label="Readings worth noting">
        {readings.map(({ seq, at, payload }) => (
          <li key={seq}>
            <span className="soft tabular">{timeOfDay(at)}</span>
            <HealthMark healthy={payload?.healthy === true} />
            <span>
              {payload?.service === undefined ? '' : `${payload.service}: `}
              {payload?.detail}
            </span>
          </li>
        ))}
      </ol>
      <StepMaterial step={step} />
    </StepFrame>
  );
}

/** Remaining time of the watch. A component of its own, so that only it renders every second. */
function Remaining() {
  const clock = stabilityClock(useIncident().state, useIncidentNow());
  return duration(clock.remainingMs ?? 0);
}

const READINGS_SHOWN = 8;

/** The newest readings since the watch started. */
const lastReadings = (events: Incident['events'], since: number) =>
  events
    .toSeq()
    .reverse()
    .takeWhile(({ at }) => at >= since)
    .filter((event) => event.kind === 'watch.reading')
    .take(READINGS_SHOWN)
    .reverse()
    .toArray();
