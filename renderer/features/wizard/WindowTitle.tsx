import { useEffect } from 'react';
import { mitigationClock, stabilityClock, type MitigationClock, type StabilityClock } from '#shared/incident/clocks.ts';
import { safeToShow } from '#shared/words/visible.ts';
import { useIncident, useIncidentNow } from '../../stores/use-incident.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { duration, remaining } from '../../ui/time.ts';

/** Clock, state and incident in the title of window and tab, for a person who looks elsewhere. */
export function WindowTitle() {
  const { state } = useIncident();
  const now = useIncidentNow();
  const { kind, title } = state.declared;
  const text = titleOf(state, mitigationClock(state, now), stabilityClock(state, now));
  const whole = `${kind === 'drill' ? 'DRILL' : 'LIVE'} ${text === '' ? '' : `${text} · `}${safeToShow(title, 'leave-out')} - Rollbook`;
  useEffect(() => {
    document.title = whole;
  }, [whole]);
  useEffect(
    () => () => {
      document.title = 'Rollbook';
    },
    [],
  );
  return null;
}

type Mitigation = Pick<MitigationClock, 'elapsedMs' | 'remainingMs' | 'endedAt'>;
type Stability = Pick<StabilityClock, 'startedAt' | 'endedAt' | 'remainingMs'>;

/** "3:12 left", "Checkpoint 14:02", "Watching 14:02"; '' once nothing is counted. */
export function titleOf(
  { watch, resolvedAt }: Pick<IncidentState, 'watch' | 'resolvedAt'>,
  mitigation: Mitigation,
  stability: Stability,
): string {
  if (resolvedAt !== null) return '';
  if (stability.startedAt !== null && stability.endedAt === null) {
    return `${watch?.asking == null ? 'Watching' : 'Checkpoint'} ${duration(stability.remainingMs ?? 0)}`;
  }
  if (mitigation.endedAt !== null) return 'Rollback effective';
  return mitigation.remainingMs === null ? duration(mitigation.elapsedMs) : remaining(mitigation.remainingMs);
}
