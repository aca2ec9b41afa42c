import type { DrillBookView } from '#shared/api/drill-calls.ts';
import type { Due } from '#shared/drills/schedule.ts';
import { Mark } from '../../ui/marks.tsx';
import { date } from '../../ui/time.ts';

const NAMES: Readonly<Record<Due['kind'], string>> = {
  'before-launch': 'Before launch: a full drill',
  rollback: 'Rollback drill',
  'disaster-recovery': 'Disaster recovery: restore to scratch',
};

/** The drills that the runbook schedules, and whether they are due. */
export function DrillSchedule({ book }: { readonly book: DrillBookView }) {
  return (
    <section className="drills__part stack stack--tight" aria-labelledby="due-title">
      <h2 id="due-title">Schedule</h2>
      {book.schedule.length === 0 ? (
        <p className="soft">The runbook has no section “Drill schedule”.</p>
      ) : (
        <ul className="due">
          {book.schedule.map((due) => (
            <li key={due.line}>
              <span className="strong">{NAMES[due.kind]}</span>
              <StandingMark due={due} />
              <span className="soft small">
                {due.last === null ? 'Not held on this machine.' : `Last held ${date(due.last.at)}.`}
                {due.dueAt === null ? '' : ` Due ${date(due.dueAt)}.`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function StandingMark({ due }: { readonly due: Due }) {
  switch (due.standing) {
    case 'held':
      return <Mark shape="ring" tone="person" word="held" />;
    case 'soon':
      return <Mark shape="diamond" tone="caution" word="due soon" />;
    case 'overdue':
      return <Mark shape="diamond" tone="bad" word="overdue" />;
    case 'never':
      return <Mark shape="diamond" tone="caution" word="due: never held" />;
  }
}

/** Only the drills that are due, one line each, for the home screen. */
export function isDue({ standing }: Due): boolean {
  return standing === 'overdue' || standing === 'never';
}

export const dueText = (due: Due): string =>
  due.standing === 'overdue' && due.dueAt !== null
    ? `${NAMES[due.kind]} is overdue since ${date(due.dueAt)}`
    : `${NAMES[due.kind]} was never held on this machine`;
