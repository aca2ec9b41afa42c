import { useState } from 'react';
import type { ChecklistItem } from '#shared/incident/checklist.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { Mark } from '../../ui/marks.tsx';
import { timeOfDay } from '../../ui/time.ts';
import { ApprovalFields } from '../approvals/ApprovalFields.tsx';
import { EvidenceList } from '../evidence/EvidenceList.tsx';
import { Messages } from '../messages/Messages.tsx';
import { CheckText } from '../steps/RunbookText.tsx';
import { CheckItemForm, CheckItemRow, useCheckItem } from './CheckItem.tsx';

interface ChecklistItemsProps {
  readonly checklistId: string;
  readonly items: readonly ChecklistItem[];
}

/** The items of a checklist, each with its questions, what Rollbook knows, and what the person saw. */
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
  const ticked = tick !== null;
  const box = useCheckItem({ stepId: checklistId, check, ticked, number, keyGroup: 'Checklist', known });
  return (
    <li className="check">
      <CheckItemRow tick={box} strong>
        {deferred === null || deferred.settled !== null ? null : (
          <Mark
            shape="clock"
            tone="caution"
            word={deferred.dueAt === null ? 'put off' : `due ${timeOfDay(deferred.dueAt)}`}
          />
        )}
      </CheckItemRow>
      {ticked ? (
        <p className="small">Seen: {tick.observed}</p>
      ) : (
        <>
          <CheckText check={check} />
          {known === '' ? null : <p className="small">Known to Rollbook: {known}</p>}
        </>
      )}
      {box.asking ? <CheckItemForm tick={box} placeholder="What you saw" /> : null}
      {isApproval && !ticked ? <Approving /> : null}
      {messages.length === 0 || ticked ? null : (
        <details open={box.asking}>
          <summary className="small">The message, filled in</summary>
          <Messages messages={messages} />
        </details>
      )}
      {/captur|current state/i.test(check.text) && !ticked ? <EvidenceList /> : null}
    </li>
  );
}

/** The approval can be recorded in the checklist, so that nothing is typed twice. */
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
