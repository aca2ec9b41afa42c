import { ago, timeOfDay } from '../../ui/time.ts';
import { AGO_CHOICES, type Detected } from './detected-at.ts';

interface DetectedAtProps {
  readonly detected: Detected;
  readonly onDetected: (detected: Detected) => void;
  /** null while what was typed is no time. */
  readonly moment: number | null;
  readonly now: number;
}

/** The mitigation clock counts from here, so an incident that was seen earlier is dated back. */
export function DetectedAt({ detected, onDetected, moment, now }: DetectedAtProps) {
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
        {moment === null ? 'Write a time such as 03:12.' : `${timeOfDay(moment)}, ${ago(now - moment)}`}
      </span>
    </fieldset>
  );
}
