import { beforeAndAfter, probedAddress } from '#shared/incident/symptom-probe.ts';
import type { Sample } from '#shared/incident/topics/watch-events.ts';
import { useIncident, useIncidentNow } from '../../stores/use-incident.ts';
import { timeOfDay } from '../../ui/time.ts';
import { ProbeChart } from './ProbeChart.tsx';

/** Side card: the probe of the symptom since the declaration, and its first and last readings in words. */
export function SymptomCard() {
  const { state } = useIncident();
  const now = useIncidentNow();
  const url = probedAddress(state);
  if (url === null) return null;
  const seen = beforeAndAfter(state);
  const marks = state.effectiveAt === null ? [] : [{ at: state.effectiveAt, word: 'effective' }];
  return (
    <details className="side-card" aria-label="Symptom probe">
      <summary className="small">
        <span className="strong">Symptom</span>{' '}
        <span className="tabular">
          {seen === null ? 'no answer yet' : `${seen.before.detail}, now ${seen.after.detail}`}
        </span>
      </summary>
      <ProbeChart
        title={url}
        samples={state.after.symptom}
        from={state.declaredAt}
        until={state.resolvedAt ?? now}
        marks={marks}
      />
      {seen === null ? null : (
        <p className="small tabular">
          Before: {reading(seen.before)}. After: {reading(seen.after)}.
        </p>
      )}
    </details>
  );
}

const reading = ({ at, detail }: Sample): string => `${detail}, ${timeOfDay(at)}`;
