import type { Due } from '#shared/drills/schedule.ts';
import { go } from '../../app/route.ts';
import { Button } from '../../ui/Button.tsx';
import { dueText, isDue } from '../drills/DrillSchedule.tsx';
import { useDrillBook } from '../drills/use-drill-book.ts';

/** The scenario that a due drill starts with; without one, the list of drills is opened. */
const SCENARIO: Partial<Record<Due['kind'], string>> = { rollback: 'app-rollback', 'before-launch': 'full-system' };

function start({ kind }: Due): void {
  const scenario = SCENARIO[kind];
  go(scenario === undefined ? { screen: 'drill' } : { screen: 'declare', drill: { scenario, speed: 1 } });
}

/** The drills that are due, each with a button that starts it. */
export function DueDrillCard() {
  const book = useDrillBook();
  const due = book?.schedule.filter(isDue) ?? [];
  return (
    <section className="card" aria-labelledby="due-drill-title">
      <header className="card__head">
        <h2 id="due-drill-title">Practice</h2>
        <Button look="quiet" onClick={() => go({ screen: 'drill' })}>
          See the drills
        </Button>
      </header>
      {book === null ? (
        <p className="soft">Reading the schedule.</p>
      ) : due.length === 0 ? (
        <p className="soft">No drill is due.</p>
      ) : (
        <ul className="stack stack--tight" aria-label="Drills that are due">
          {due.map((each) => (
            <li key={each.line} className="card__line">
              <span>{dueText(each)}.</span>
              <Button aria-label={`Start: ${dueText(each)}`} onClick={() => start(each)}>
                Start
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
