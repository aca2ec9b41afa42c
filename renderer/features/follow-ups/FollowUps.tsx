import { useState } from 'react';
import { type DueFollowUp, followUps, isOpen } from '#shared/incident/follow-ups.ts';
import type { Check } from '#shared/runbook/model.ts';
import { useKeys } from '../../app/keys.ts';
import { act } from '../../stores/incident.ts';
import { useIncident, useIncidentNow } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Mark } from '../../ui/marks.tsx';
import { dateTime, duration } from '../../ui/time.ts';
import { Form } from '../../ui/Form.tsx';
import { RunbookText } from '../steps/RunbookText.tsx';
import { WaiveForm } from './DeferredItem.tsx';
import './follow-ups.css';

/** How many follow-ups are open and when the next is due. A reminder in the side; it blocks nothing. */
export function FollowUpReminder() {
  const { state, runbook } = useIncident();
  const now = useIncidentNow();
  const [shown, setShown] = useState(false);
  const open = followUps(state, runbook, now).filter(isOpen);
  const overdue = open.filter(({ standing }) => standing === 'overdue');
  const next = open.find(({ standing, dueAt }) => standing === 'open' && dueAt !== null && dueAt > now);
  const counts = open.some(({ dueAt }) => dueAt !== null) && state.closedAt === null;
  useKeys('After the rollback', counts ? [{ keys: 'j', label: 'Follow-ups', run: () => setShown(true) }] : []);
  if (!counts) return null;
  return (
    <section className={`reminder reminder--${overdue.length > 0 ? 'overdue' : 'open'}`} aria-label="Follow-ups">
      <p>
        {overdue.length > 0 ? (
          <Mark shape="diamond" tone="bad" word={`${overdue.length} of ${open.length} follow-ups overdue`} />
        ) : (
          <Mark shape="clock" tone="caution" word={`${open.length} follow-ups open`} />
        )}
        {next?.dueAt == null ? null : (
          <span className="soft small tabular"> next due in {duration(next.dueAt - now)}</span>
        )}
      </p>
      <Button shortcut="J" onClick={() => setShown(true)}>
        Follow-ups
      </Button>
      {shown ? (
        <Dialog title="After the rollback" onClose={() => setShown(false)}>
          <FollowUps />
        </Dialog>
      ) : null}
    </section>
  );
}

/** Everything due after the rollback, by group, with exit criteria. */
export function FollowUps() {
  const { state, runbook } = useIncident();
  const now = useIncidentNow();
  const all = followUps(state, runbook, now);
  const groups = (runbook.followUps ?? []).toSorted((a, b) => a.withinMs - b.withinMs);
  return (
    <div className="follow-ups">
      {groups.map((group) => {
        const items = all.filter((one) => one.group.id === group.id);
        const dueAt = items[0]?.dueAt ?? null;
        return items.length === 0 ? null : (
          <section key={group.id} aria-label={group.title}>
            <h3>
              {group.title}
              <span className="soft small tabular">
                {dueAt === null ? ' counts from when the rollback is effective' : ` due ${dateTime(dueAt)}`}
              </span>
            </h3>
            <RunbookText prose={group.prose} />
            {items.map((one) => (
              <FollowUpRow key={one.item.id} one={one} now={now} />
            ))}
          </section>
        );
      })}
    </div>
  );
}

function FollowUpRow({ one, now }: { readonly one: DueFollowUp; readonly now: number }) {
  const { item, standing, dueAt, reason, openChecks } = one;
  const [waiving, setWaiving] = useState(false);
  const [why, setWhy] = useState('');
  const open = isOpen(one);
  const settle = (how: 'done' | 'waived', said: string): void =>
    void act({ kind: 'settle-follow-ups', items: [item.id], how, reason: said });
  return (
    <div className="follow-up">
      <div className="follow-up__row">
        <span>
          <span className="strong">{item.title}</span>{' '}
          {standing === 'overdue' && dueAt !== null ? (
            <Mark shape="diamond" tone="bad" word={`overdue by ${duration(now - dueAt)}`} />
          ) : standing === 'done' ? (
            <Mark shape="hollow-tick" tone="person" word="done" />
          ) : standing === 'waived' ? (
            <Mark shape="hollow-slash" tone="plain" word={`waived: ${reason}`} />
          ) : null}
        </span>
        {open ? (
          <>
            <Button
              aria-label={`Done: ${item.title}${openChecks.length > 0 ? `, ${openChecks.length} to see` : ''}`}
              aria-disabled={openChecks.length > 0 || dueAt === null}
              onClick={() => openChecks.length === 0 && dueAt !== null && settle('done', '')}
            >
              {openChecks.length > 0 ? `${openChecks.length} to see` : 'Done'}
            </Button>
            <Button aria-label={`Waive: ${item.title}`} aria-expanded={waiving} onClick={() => setWaiving(!waiving)}>
              Waive
            </Button>
          </>
        ) : null}
      </div>
      {open ? <RunbookText prose={item.prose} /> : null}
      {open && item.prose === undefined && item.points.length > 0 && item.checks.length === 0 ? (
        <ul className="follow-up__points soft small">
          {item.points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      ) : null}
      {open && dueAt !== null ? (
        <ul className="follow-up__checks">
          {item.checks.map((check) => (
            <Criterion
              key={check.id}
              itemId={item.id}
              check={check}
              open={openChecks.some(({ id }) => id === check.id)}
            />
          ))}
        </ul>
      ) : null}
      {waiving ? <WaiveForm reason={why} onReason={setWhy} onWaive={(reason) => settle('waived', reason)} /> : null}
    </div>
  );
}

interface CriterionProps {
  readonly itemId: string;
  readonly check: Check;
  readonly open: boolean;
}

/** An exit criterion. Ticking it takes the observed value. */
function Criterion({ itemId, check, open }: CriterionProps) {
  const tick = useIncident().state.steps[itemId]?.ticks[check.id];
  const [seen, setSeen] = useState('');
  if (!open)
    return (
      <li>
        <Mark shape="hollow-tick" tone="person" word={check.text} />{' '}
        <span className="soft small">seen: {tick?.observed}</span>
      </li>
    );
  return (
    <li>
      <Form
        className="follow-up__seen"
        onSubmit={() => {
          if (seen.trim() === '') return;
          void act({ kind: 'tick', stepId: itemId, checkId: check.id, ticked: true, observed: seen.trim() });
        }}
      >
        <span>{check.text}</span>
        <input
          className="input"
          aria-label={`What you saw: ${check.text}`}
          placeholder="What you saw"
          value={seen}
          onChange={(event) => setSeen(event.target.value)}
        />
        <Button type="submit" disabled={seen.trim() === ''}>
          Tick
        </Button>
      </Form>
    </li>
  );
}
