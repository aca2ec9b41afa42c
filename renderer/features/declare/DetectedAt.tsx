import { useTick } from '../../stores/tick.ts';
import { ago, timeOfDay } from '../../ui/time.ts';
import { AGO_CHOICES, type Detected, detectedMoment } from './detected-at.ts';

interface DetectedAtProps {
  readonly detected: Detected;
  readonly onDetected: (detected: Detected) => void;
}

/** When the incident was detected. The mitigation clock starts there. */
export function DetectedAt({ detected, onDetected }: DetectedAtProps) {
  const typed = detected.kind === 'time';
  return (
    <fieldset className="field">
      <legend className="field__label">Detected</legend>
      <div className="chips">
        {AGO_CHOICES.map((minutes) => (
          <label className="chip" key={minutes}>
            <input
              type="radio"
              name="detected"
              checked={!typed && detected.minutes === minutes}
              onChange={() => onDetected({ kind: 'ago', minutes })}
            />
            {minutes === 0 ? 'now' : `${minutes} min ago`}
          </label>
        ))}
        <label className="chip">
          <input type="radio" name="detected" checked={typed} onChange={() => onDetected({ kind: 'time', text: '' })} />
          at
          <input
            className="input detected__time tabular"
            type="text"
            inputMode="numeric"
            placeholder="HH:MM"
            aria-label="Detected at, HH:MM"
            value={typed ? detected.text : ''}
            onChange={(event) => onDetected({ kind: 'time', text: event.target.value })}
          />
        </label>
      </div>
      <span className="field__hint tabular">
        <Moment detected={detected} />
      </span>
    </fieldset>
  );
}

/** A component of its own, so that only it renders every second. */
function Moment({ detected }: Pick<DetectedAtProps, 'detected'>) {
  const now = useTick(1_000);
  const moment = detectedMoment(detected, now);
  return moment === null ? 'Write a time such as 03:12.' : `${timeOfDay(moment)}, ${ago(now - moment)}`;
}
