import { useState } from 'react';
import { allSteps } from '#shared/incident/branches.ts';
import { type Obligation, obligations } from '#shared/incident/obligations.ts';
import { type ServiceDown, servicesDown } from '#shared/incident/service-down.ts';
import { act } from '../../stores/incident.ts';
import { useIncident, useIncidentNow } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { Mark } from '../../ui/marks.tsx';
import { ago } from '../../ui/time.ts';
import './obligations.css';
import './timeline-pane.css';

/** What has to be undone, and who still has to be told. It stays in sight until then; it never stands in the way. */
export function Obligations() {
  const { state, runbook } = useIncident();
  const owed = obligations(state, runbook).filter((debt) => debt.paid === null);
  const open = servicesDown(state);
  if (owed.length + open.length === 0) return null;
  return (
    <section className="obligations" aria-label="Owed">
      {open.map((pair) => (
        <PairCard key={pair.what} pair={pair} />
      ))}
      {owed.map((debt) => (
        <ObligationCard key={debt.id} debt={debt} />
      ))}
    </section>
  );
}

/** One half of a pair was done: the other half is offered when its time has come, and named until then. */
function PairCard({ pair: { what, since, stepId } }: { readonly pair: ServiceDown }) {
  const { runbook } = useIncident();
  const now = useIncidentNow();
  const title = allSteps(runbook).find(({ id }) => id === stepId)?.title;
  return (
    <div className="obligation">
      <p>
        <Mark shape="clock" tone="caution" word="Owed" /> {what}{' '}
        <span className="soft small tabular">{ago(now - since)}</span>
      </p>
      <p className="small">
        {title === undefined ? 'The runbook has no step that takes it back.' : `Taken back by "${title}".`}
      </p>
    </div>
  );
}

function ObligationCard({ debt }: { readonly debt: Obligation }) {
  const now = useIncidentNow();
  const [telling, setTelling] = useState(false);
  const [who, setWho] = useState('');
  return (
    <div className="obligation">
      <p>
        <Mark shape="clock" tone="caution" word="Owed" /> {debt.what}{' '}
        <span className="soft small tabular">{ago(now - debt.since)}</span>
      </p>
      {telling ? (
        <form
          className="timeline__note"
          onSubmit={(event) => {
            event.preventDefault();
            if (who.trim() !== '') void act({ kind: 'pay-debt', debt: debt.id, who: who.trim(), how: 'told' });
          }}
        >
          <input
            className="input"
            autoFocus
            aria-label="Who was told"
            placeholder="Who was told"
            value={who}
            onChange={(event) => setWho(event.target.value)}
          />
          <button className="button" type="submit" disabled={who.trim() === ''}>
            Record
          </button>
        </form>
      ) : (
        <Button onClick={() => setTelling(true)}>Somebody was told</Button>
      )}
    </div>
  );
}
