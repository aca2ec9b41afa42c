import { useState } from 'react';
import type { ChecklistItem } from '#shared/incident/checklist.ts';
import { useKeys } from '../../app/keys.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button, Key } from '../../ui/Button.tsx';
import { Mark } from '../../ui/marks.tsx';
import { timeOfDay } from '../../ui/time.ts';
import { ApprovalFields } from './ApprovalFields.tsx';
import { EvidenceList } from './EvidenceList.tsx';
import { Messages } from './Messages.tsx';
import './checks.css';

interface ChecklistItemsProps {
  readonly checklistId: string;
  readonly items: readonly ChecklistItem[];
}

/** The groups of a checklist, each with its questions, what Rollbook knows of it, and what the person saw. */
export const ChecklistItems = ({ checklistId, items }: ChecklistItemsProps) => (
  <ul className="checks" aria-label="Checklist">
    {items.map((item, index) => (
      <ItemRow key={item.check.id} checklistId={checklistId} item={item} number={index + 1} />
    ))}
  </ul>
);

interface ItemRowProps {
  readonly checklistId: string;
  readonly item: ChecklistItem;
  readonly number: number;
}

function ItemRow({ checklistId, item, number }: ItemRowProps) {
  const { check, tick, deferred, messages, known, isApproval } = item;
  const [asking, setAsking] = useState(false);
  const ticked = tick !== null;
  const send = (ticks: boolean, observed: string): void => {
    setAsking(false);
    void act({ kind: 'tick', stepId: checklistId, checkId: check.id, ticked: ticks, observed });
  };
  const toggle = (): void => (ticked ? send(false, '') : setAsking(!asking));
  useKeys('Checklist', number <= 9 ? [{ keys: String(number), label: `Tick: ${check.text}`, run: toggle }] : []);
  return (
    <li className="check">
      <div className="check__row">
        <Key>{String(number)}</Key>
        <span className="check__text strong">{check.text}</span>
        {ticked ? <Mark shape="hollow-tick" tone="person" word="confirmed by you" /> : null}
        {deferred === null || deferred.settled !== null ? null : (
          <Mark
            shape="clock"
            tone="caution"
            word={deferred.dueAt === null ? 'put off' : `due ${timeOfDay(deferred.dueAt)}`}
          />
        )}
        <Button aria-label={`${ticked ? 'Untick' : 'Tick'}: ${check.text}`} onClick={toggle}>
          {ticked ? 'Untick' : 'Tick'}
        </Button>
      </div>
      {ticked ? (
        <p className="small">Seen: {tick.observed}</p>
      ) : (
        <>
          <Questions questions={check.questions ?? []} />
          {known === '' ? null : <p className="small">Known to Rollbook: {known}</p>}
        </>
      )}
      {asking ? <Ask item={item} onTick={(observed) => send(true, observed)} /> : null}
      {isApproval && !ticked ? <Approving /> : null}
      {messages.length === 0 || ticked ? null : (
        <details open={asking}>
          <summary className="small">The message, filled in</summary>
          <Messages messages={messages} />
        </details>
      )}
      {/captur|current state/i.test(check.text) && !ticked ? <EvidenceList /> : null}
    </li>
  );
}

const Questions = ({ questions }: { readonly questions: readonly string[] }) =>
  questions.length === 0 ? null : (
    <ul className="check__questions small">
      {questions.map((question) => (
        <li key={question}>{question}</li>
      ))}
    </ul>
  );

/** What is known stands in the field already: it is read and confirmed, or written anew. */
function Ask({ item, onTick }: { readonly item: ChecklistItem; readonly onTick: (observed: string) => void }) {
  const [seen, setSeen] = useState(item.known);
  return (
    <form
      className="check__ask"
      onSubmit={(event) => {
        event.preventDefault();
        if (seen.trim() !== '') onTick(seen.trim());
      }}
    >
      <input
        className="input"
        autoFocus
        aria-label={`What you saw: ${item.check.text}`}
        placeholder="What you saw"
        value={seen}
        onChange={(event) => setSeen(event.target.value)}
      />
      <button className="button" type="submit" disabled={seen.trim() === ''}>
        Tick it
      </button>
    </form>
  );
}

/** The approval is recorded where it is asked for, so that nothing is typed twice. */
function Approving() {
  const { state } = useIncident();
  const given = state.approvals.some(({ procedureId }) => procedureId === state.procedureId);
  const [open, setOpen] = useState(false);
  if (given || state.severity === 'P0') return null;
  return open ? (
    <ApprovalFields onRecorded={() => setOpen(false)} />
  ) : (
    <div>
      <Button onClick={() => setOpen(true)}>Record the approval</Button>
    </div>
  );
}
