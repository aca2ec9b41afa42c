import { useState } from 'react';
import { allSteps } from '#shared/incident/branches.ts';
import { type Obligation, obligations } from '#shared/incident/obligations.ts';
import { type ServiceDown, servicesDown } from '#shared/incident/service-down.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { Mark } from '../../ui/marks.tsx';
import { Ago } from '../clocks/Clocks.tsx';
import { Form } from '../../ui/Form.tsx';
import './obligations.css';
import '../timeline/timeline-pane.css';

/** Side card: what must still be undone, and who must still be told. It blocks nothing. */
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

/** The open half of a pair, such as switching maintenance mode off, and the step that does it. */
function PairCard({ pair: { what, since, stepId } }: { readonly pair: ServiceDown }) {
  const { runbook } = useIncident();
  const title = allSteps(runbook).find(({ id }) => id === stepId)?.title;
  return (
    <div className="obligation">
      <p>
        <Mark shape="clock" tone="caution" word="Owed" /> {what}{' '}
        <span className="soft small tabular">
          <Ago at={since} />
        </span>
      </p>
      <p className="small">
        {title === undefined ? 'The runbook has no step that takes it back.' : `Taken back by "${title}".`}
      </p>
    </div>
  );
}

function ObligationCard({ debt }: { readonly debt: Obligation }) {
  const [telling, setTelling] = useState(false);
  const [who, setWho] = useState('');
  return (
    <div className="obligation">
      <p>
        <Mark shape="clock" tone="caution" word="Owed" /> {debt.what}{' '}
        <span className="soft small tabular">
          <Ago at={debt.since} />
        </span>
      </p>
      {telling ? (
        <Form
          className="timeline__note"
          onSubmit={() => {
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
          <Button type="submit" disabled={who.trim() === ''}>
            Record
          </Button>
        </Form>
      ) : (
        <Button onClick={() => setTelling(true)}>Somebody was told</Button>
      )}
    </div>
  );
}
