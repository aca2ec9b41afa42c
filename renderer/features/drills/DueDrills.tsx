import { go } from '../../app/route.ts';
import { Button } from '../../ui/Button.tsx';
import { duration } from '../../ui/time.ts';
import { dueText, isDue } from './DrillSchedule.tsx';
import { useDrillBook } from './use-drill-book.ts';
import './drills.css';

/** Due drills and statistics of live incidents, for the home screen. */
export function DueDrills() {
  const book = useDrillBook();
  if (book === null) return null;
  const due = book.schedule.filter(isDue);
  const { incidents, open, targetsMet, targetsMissed, medianMitigationMs, medianContainedMs } = book.statistics;
  const judged = targetsMet + targetsMissed;
  return (
    <div className="stack stack--tight drills__home">
      {due.length === 0 ? null : (
        <section className="notice notice--caution due-drills" aria-label="Drills that are due">
          <ul>
            {due.map((each) => (
              <li key={each.line}>{dueText(each)}.</li>
            ))}
          </ul>
          <Button onClick={() => go({ screen: 'drill' })}>See the drills</Button>
        </section>
      )}
      <p className="soft small" role="note" aria-label="Statistics of live incidents">
        Live incidents: {incidents}
        {open > 0 ? `, ${open} open` : ''}. Targets met:{' '}
        {judged === 0 ? 'none to meet yet' : `${targetsMet} of ${judged}`}. Median mitigation:{' '}
        {medianMitigationMs === null ? 'none yet' : duration(medianMitigationMs)}
        {medianContainedMs === null ? '' : `, until contained: ${duration(medianContainedMs)}`}. Drills do not count.
      </p>
    </div>
  );
}
