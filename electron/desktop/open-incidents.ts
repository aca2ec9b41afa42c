/** The open incidents of this machine, the most important first, and the watches under way. */
import type { WatchedIncident } from './incident-feed.ts';

/** Unresolved incidents of this machine: live before drill, severe before mild, newest first. */
export function openIncidents(all: readonly WatchedIncident[]): readonly WatchedIncident[] {
  return all
    .filter(({ state }) => state.resolvedAt === null && state.handedOver === null)
    .toSorted(
      ({ state: a }, { state: b }) =>
        Number(a.declared.kind === 'drill') - Number(b.declared.kind === 'drill') ||
        a.severity.localeCompare(b.severity) ||
        b.declaredAt - a.declaredAt,
    );
}

/** A watch that outlasts its plan by more than this counts as abandoned, ms. */
const WATCH_GRACE_MS = 2 * 60_000;

/** Watches under way: the machine must not sleep through one. */
export const watching = (all: readonly WatchedIncident[]): number =>
  all.filter(({ state: { watch, handedOver }, now }) => {
    if (watch === null || watch.endedAt !== null || handedOver !== null) return false;
    return now < watch.startedAt + watch.minutes * 60_000 + WATCH_GRACE_MS;
  }).length;
