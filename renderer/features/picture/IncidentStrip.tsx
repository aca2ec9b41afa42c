import { memo } from 'react';
import { incidentPicture } from '#shared/report/picture/incident-picture.ts';
import { utc } from '#shared/report/times.ts';
import { useGlance } from '../../stores/glance.ts';
import { timeOfDay } from '../../ui/time.ts';
import { PictureStrip } from './PictureStrip.tsx';

interface IncidentStripProps {
  readonly id: string;
  /** In the report, where all times are UTC; else the times of this machine. */
  readonly inUtc?: boolean;
}

const utcTime = (at: number): string => utc(at).slice(11);

/** The strip of the open incident. It looks once a second and follows no event, so that output never draws it anew. */
export const IncidentStrip = memo(function IncidentStrip({ id, inUtc = false }: IncidentStripProps) {
  const seen = useGlance(id);
  if (seen === null) return null;
  const { state, now } = seen;
  return (
    <section className="picture-frame" aria-label="Incident strip">
      <PictureStrip
        picture={incidentPicture(state, now)}
        now={state.resolvedAt === null ? now : null}
        time={inUtc ? utcTime : timeOfDay}
      />
    </section>
  );
});
