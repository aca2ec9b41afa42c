import { useEffect, useRef, useState } from 'react';
import { mitigationClock, type TargetStanding } from '#shared/incident/clocks.ts';
import { useIncident, useIncidentNow } from '../../stores/use-incident.ts';

const SAID: Partial<Record<TargetStanding, string>> = {
  half: 'Half of the target time is used.',
  near: 'Four fifths of the target time are used.',
  over: 'The target time is over. The clock goes on counting; nothing is locked.',
};

/** Announces the thresholds of the target to assistive technology, and nothing in between. */
export function TargetAnnouncer() {
  const { state } = useIncident();
  const { standing, endedAt, met } = mitigationClock(state, useIncidentNow());
  const before = useRef(standing);
  const [said, setSaid] = useState<TargetStanding | null>(null);
  useEffect(() => {
    if (before.current !== standing && endedAt === null && met === null) setSaid(standing);
    before.current = standing;
  }, [standing, endedAt, met]);
  const text = said === null ? '' : (SAID[said] ?? '');
  return (
    <>
      <p className="sr-only" role="status">
        {said === 'over' ? '' : text}
      </p>
      <p className="sr-only" role="alert">
        {said === 'over' ? text : ''}
      </p>
    </>
  );
}
