import { duration } from '../../ui/time.ts';
import { useDrillBook } from '../drills/use-drill-book.ts';

/** One line about the live incidents of this machine. */
export function Statistics() {
  const book = useDrillBook();
  if (book === null) return null;
  const { incidents, open, targetsMet, targetsMissed, medianMitigationMs, medianContainedMs } = book.statistics;
  const judged = targetsMet + targetsMissed;
  return (
    <p className="soft small" role="note" aria-label="Statistics of live incidents">
      Live incidents: {incidents}
      {open > 0 ? `, ${open} open` : ''}. Targets met:{' '}
      {judged === 0 ? 'none to meet yet' : `${targetsMet} of ${judged}`}. Median mitigation:{' '}
      {medianMitigationMs === null ? 'none yet' : duration(medianMitigationMs)}
      {medianContainedMs === null ? '' : `, until contained: ${duration(medianContainedMs)}`}. Drills do not count.
    </p>
  );
}
