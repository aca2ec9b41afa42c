import { memo } from 'react';
import { incidentNow } from '#shared/incident/clocks.ts';
import { incidentPicture } from '#shared/report/picture/incident-picture.ts';
import { utc } from '#shared/report/times.ts';
import { useConnection } from '../../stores/connection.ts';
import { incidentParts, useIncidentStore } from '../../stores/incident.ts';
import { useTick } from '../../stores/tick.ts';
import { incidentFrom } from '../../stores/use-incident.ts';
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
  const open = useIncidentStore(({ view, state }) => view?.summary.id === id && state !== null);
  const wall = useTick(1_000);
  const store = useIncidentStore.getState();
  const incident = open ? incidentFrom(incidentParts(store)) : null;
  if (incident === null) return null;
  const { state } = incident;
  const { lostAt } = useConnection.getState();
  // A simulated drill stands still while its Rollbook is away.
  const stands = state.declared.adapter === 'simulated' ? lostAt : null;
  const now = state.resolvedAt ?? incidentNow(state, (stands ?? wall) + store.wallOffset);
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
