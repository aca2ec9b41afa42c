import { useState } from 'react';
import { checklistStanding, isChecklistFirst } from '#shared/incident/checklist.ts';
import { useKeys } from '../../app/keys.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Mark } from '../../ui/marks.tsx';
import { timeOfDay } from '../../ui/time.ts';
import { ChecklistItems } from './ChecklistItems.tsx';
import { CHECKLIST_DUE_MS } from './ChecklistStep.tsx';

/** In a P0 the checklist waits in the side: one key defers all of it, another shows it. */
export function ChecklistCard() {
  const { state, runbook, readOnly } = useIncident();
  const standing = checklistStanding(state, runbook);
  const [shown, setShown] = useState(false);
  const over = state.closedAt !== null || readOnly !== null || state.fixForward !== null;
  const mayPutOff =
    !over && standing !== null && standing.open > 0 && (state.severity === 'P0' || state.resolvedAt !== null);
  const putOff = (): void => {
    const reason = state.severity === 'P0' ? 'P0: the rollback comes first' : 'not gone through before it was resolved';
    void act({ kind: 'defer-checklist', reason, dueInMs: CHECKLIST_DUE_MS });
  };
  const waits = standing !== null && !isChecklistFirst(state, runbook);
  useKeys('Checklist', [
    ...(mayPutOff ? [{ keys: 'k', label: 'Put off the whole checklist, due in one hour', run: putOff }] : []),
    ...(waits ? [{ keys: 'l', label: 'Look at the checklist', run: () => setShown(true) }] : []),
  ]);
  if (!waits || over) return null;
  const parked = standing.items.filter(({ deferred }) => deferred !== null && deferred.settled === null);
  const due = parked[0]?.deferred?.dueAt ?? null;
  const finished = standing.open === 0 && parked.length === 0;
  return (
    <section className="side-card" aria-label={standing.checklist.title}>
      <p className="small">
        <span className="strong">{standing.checklist.title}</span>{' '}
        {finished ? (
          <Mark shape="hollow-tick" tone="person" word="gone through" />
        ) : standing.open > 0 ? (
          <Mark shape="dot" tone="caution" word={`${standing.open} open`} />
        ) : (
          <Mark
            shape="clock"
            tone="caution"
            word={`${parked.length} put off${due === null ? '' : `, due ${timeOfDay(due)}`}`}
          />
        )}
      </p>
      <div className="row">
        {mayPutOff ? (
          <Button shortcut="K" aria-label="Put all off, due in one hour" onClick={putOff}>
            Put all off
          </Button>
        ) : null}
        <Button look="quiet" shortcut="L" onClick={() => setShown(true)}>
          Look
        </Button>
      </div>
      {shown ? (
        <Dialog title={standing.checklist.title} onClose={() => setShown(false)}>
          <ChecklistItems checklistId={standing.checklist.id} items={standing.items} />
        </Dialog>
      ) : null}
    </section>
  );
}
