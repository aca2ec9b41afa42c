import { begunAt } from '#shared/drills/held-at.ts';
import type { IncidentSummary } from '#shared/api/incident-summary.ts';
import { summaryPicture } from '#shared/report/picture/summary-picture.ts';
import { useTick } from '../../stores/tick.ts';
import { timeOfDay } from '../../ui/time.ts';
import { PictureStrip } from './PictureStrip.tsx';

/** The strip of an incident of the list, which this window has not opened: milestones, target and now. */
export function SummaryStrip({ incident }: { readonly incident: IncidentSummary }) {
  const wall = useTick(1_000);
  const picture = summaryPicture(incident);
  if (picture === null || incident.now === null) return null;
  const now = incident.declaredAt + Math.max(0, wall - begunAt(incident)) * incident.now.speed;
  return (
    <div className="resume__strip">
      <PictureStrip picture={picture} now={now} time={timeOfDay} asOne />
    </div>
  );
}
