import { useState } from 'react';
import { stabilityClock } from '#shared/incident/clocks.ts';
import type { Step } from '#shared/runbook/model.ts';
import { act } from '../../stores/incident.ts';
import { useIncident, useIncidentNow } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import { Mark } from '../../ui/marks.tsx';
import { ago, duration, timeOfDay } from '../../ui/time.ts';
import { StepFrame } from './StepFrame.tsx';
import { StepMaterial } from './StepMaterial.tsx';

/** The watch: readings come by themselves; a person may end it early with a reason. */
export function WatchStep({ step }: { readonly step: Step }) {
  const { state, events } = useIncident();
  const now = useIncidentNow();
  const clock = stabilityClock(state, now);
  const [ending, setEnding] = useState(false);
  const [reason, setReason] = useState('');
  const { watch } = state;
  if (watch === null) return null;
  const readings = events.filter((event) => event.kind === 'watch.reading').slice(-8);
  return (
    <StepFrame
      step={step}
      title={step.title}
      primary={null}
      status={
        <p role="status">
          <strong>Watching.</strong>{' '}
          <span className="soft">It ends by itself in {duration(clock.remainingMs ?? 0)}.</span>
        </p>
      }
      secondary={<Button onClick={() => setEnding(!ending)}>End the watch early</Button>}
    >
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
            <strong>v{watch.foreign.version} is not ours.</strong> {watch.foreign.user} released it during the watch:{' '}
            {watch.foreign.description}. Find out who deploys before you go on.
          </span>
        </p>
      )}
      <dl className="figures">
        <div>
          <dt>Remaining</dt>
          <dd>{duration(clock.remainingMs ?? 0)}</dd>
        </div>
        <div>
          <dt>Readings</dt>
          <dd>{watch.probes}</dd>
        </div>
        <div>
          <dt>Bad</dt>
          <dd className={watch.bad > 0 ? 'tone-bad' : ''}>{watch.bad}</dd>
        </div>
      </dl>
      {watch.last === null ? (
        <p className="soft">The first reading is on its way.</p>
      ) : (
        <p className="row">
          <HealthMark healthy={watch.last.healthy} />
          <span>{watch.last.detail}</span>
          <span className="soft small tabular">{ago(now - watch.last.at)}</span>
        </p>
      )}
      <ol className="readings" aria-label="Readings worth noting">
        {readings.map(({ seq, at, payload }) => (
          <li key={seq}>
            <span className="soft tabular">{timeOfDay(at)}</span>
            <HealthMark healthy={payload?.healthy === true} />
            <span>{payload?.detail}</span>
          </li>
        ))}
      </ol>
      <StepMaterial step={step} />
    </StepFrame>
  );
}

const HealthMark = ({ healthy }: { readonly healthy: boolean }) => (
  <Mark
    {...(healthy
      ? { shape: 'solid-tick', tone: 'proven', word: 'healthy' }
      : { shape: 'cross', tone: 'bad', word: 'bad' })}
  />
);
