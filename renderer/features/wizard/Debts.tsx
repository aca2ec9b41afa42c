import { useState } from 'react';
import { type Debt, debts } from '#shared/incident/debts.ts';
import { act } from '../../stores/incident.ts';
import { useIncident, useIncidentNow } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { Mark } from '../../ui/marks.tsx';
import { ago } from '../../ui/time.ts';

/** Who still has to be told. It stays in sight until somebody was; it never stands in the way. */
export function Debts() {
  const { state, runbook } = useIncident();
  const owed = debts(state, runbook).filter((debt) => debt.paid === null);
  if (owed.length === 0) return null;
  return (
    <section className="debts" aria-label="Owed">
      {owed.map((debt) => (
        <DebtCard key={debt.id} debt={debt} />
      ))}
    </section>
  );
}

function DebtCard({ debt }: { readonly debt: Debt }) {
  const now = useIncidentNow();
  const [telling, setTelling] = useState(false);
  const [who, setWho] = useState('');
  return (
    <div className="debt">
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
