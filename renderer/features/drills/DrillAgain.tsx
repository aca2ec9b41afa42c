import { useState } from 'react';
import { begunAt } from '#shared/drills/held-at.ts';
import type { IncidentSummary } from '#shared/api/incident-summary.ts';
import { go, writeRoute } from '../../app/route.ts';
import { ask, newIntentId } from '../../stores/core.ts';
import { useOverview } from '../../stores/overview.ts';
import { Button } from '../../ui/Button.tsx';
import { OutcomeWord } from '../../ui/marks.tsx';
import { dateTime } from '../../ui/time.ts';

/** How many are listed; the command line takes any. */
const SHOWN = 5;

/** Finished incidents of this machine whose tools were real: what these answered can be played again. */
const isRecorded = ({ adapter, status, handedOver, purgedAt }: IncidentSummary): boolean =>
  adapter === 'real' && status !== 'open' && handedOver === null && purgedAt === undefined;

/** Starts a drill that plays a finished incident again. `speed`: of the drill's clock. */
export function DrillAgain({ speed }: { readonly speed: number }) {
  const incidents = (useOverview((state) => state.incidents) ?? []).filter(isRecorded);
  const [refused, setRefused] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  if (incidents.length === 0) return null;
  const start = async (incidentId: string): Promise<void> => {
    setSending(true);
    const result = await ask('drill.start-again', { intentId: newIntentId(), incidentId, speed });
    setSending(false);
    if (result.ok) go({ screen: 'incident', id: result.value.incidentId });
    else setRefused(`${result.error.message} ${result.error.advice ?? ''}`);
  };
  return (
    <section className="drills__part stack stack--tight" aria-labelledby="again-title">
      <h2 id="again-title">From an incident</h2>
      <ul className="due" aria-label="Incidents to drill again">
        {incidents.slice(0, SHOWN).map((incident) => (
          <li key={incident.id}>
            <a href={writeRoute({ screen: 'incident', id: incident.id })}>{incident.title}</a>
            <span className="soft small nowrap">{dateTime(begunAt(incident))}</span>
            {incident.outcome === null ? null : <OutcomeWord outcome={incident.outcome} />}
            <Button
              aria-label={`Drill this incident again: ${incident.title}`}
              disabled={sending}
              onClick={() => void start(incident.id)}
            >
              Drill this incident again
            </Button>
          </li>
        ))}
      </ul>
      {refused === null ? null : (
        <p className="notice notice--bad" role="alert">
          {refused}
        </p>
      )}
      <p className="soft small">
        Plays what its tools answered, with its own runbook, at the speed above. Nothing is run on this machine.
      </p>
    </section>
  );
}
