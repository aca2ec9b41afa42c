import type { MitigationClock, StabilityClock } from '#shared/incident/clocks.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { duration, remaining } from '../../ui/time.ts';

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
