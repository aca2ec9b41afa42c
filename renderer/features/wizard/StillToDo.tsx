import { stillToDo } from '#shared/incident/still-to-do.ts';
import { useIncident, useIncidentNow } from '../../stores/use-incident.ts';
import { Mark } from '../../ui/marks.tsx';
import { ChecklistCard } from '../checklist/ChecklistCard.tsx';
import { FollowUpReminder } from '../follow-ups/FollowUps.tsx';
import { Obligations } from '../obligations/Obligations.tsx';

/** One line: how much is still to do, and the most urgent of it. It opens to all of it, and blocks nothing. */
export function StillToDo() {
  const { state, runbook } = useIncident();
  const { what, total, overdue } = stillToDo(state, runbook, useIncidentNow());
  return (
    <details className={total === 0 ? 'side-card' : 'side-card side-card--to-do'} aria-label="Still to do">
      <summary className="small">
        {total === 0 ? (
          <Mark shape="hollow-tick" tone="person" word="Nothing else to do" />
        ) : (
          <>
            <Mark
              shape={overdue ? 'diamond' : 'clock'}
              tone={overdue ? 'bad' : 'caution'}
              word={`Still to do: ${total}`}
            />{' '}
            <span>{what[0]}</span>
          </>
        )}
      </summary>
      <Obligations />
      <FollowUpReminder />
      <ChecklistCard />
    </details>
  );
}
