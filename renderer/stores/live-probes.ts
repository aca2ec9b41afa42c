/** The probes that are made while a window looks, before the timeline has them. */
import { List } from 'immutable';
import { create } from 'zustand';
import type { Bridge } from '#shared/api/bridge.ts';
import type { LiveProbe } from '#shared/api/pushes.ts';
import type { Sample } from '#shared/incident/topics/watch-events.ts';

/** More than the timeline ever lags behind, also in a fast drill. */
const KEPT = 120;

interface LiveProbesState {
  readonly incidentId: string | null;
  /** By purpose and target. */
  readonly probes: Readonly<Record<string, List<Sample>>>;
}

export const useLiveProbes = create<LiveProbesState>(() => ({ incidentId: null, probes: {} }));

const keyOf = ({ purpose, target }: Pick<LiveProbe, 'purpose' | 'target'>): string => `${purpose} ${target}`;

export function followLiveProbes(bridge: Bridge): void {
  bridge.on('incident.probed', ({ incidentId, probe }) => {
    useLiveProbes.setState((known) => {
      const probes = known.incidentId === incidentId ? known.probes : {};
      const key = keyOf(probe);
      const all = (probes[key] ?? List<Sample>()).push(probe.sample).takeLast(KEPT);
      return { incidentId, probes: { ...probes, [key]: all } };
    });
  });
}

/** The recorded samples, and those made since. */
export function useSamples(incidentId: string, purpose: LiveProbe['purpose'], target: string, recorded: List<Sample>) {
  const live = useLiveProbes((state) =>
    state.incidentId === incidentId ? state.probes[keyOf({ purpose, target })] : undefined,
  );
  return live === undefined ? recorded : withLive(recorded, live);
}

/** A sample is the same if it was made at the same time. */
export function withLive(recorded: List<Sample>, live: List<Sample>): List<Sample> {
  const last = recorded.last()?.at ?? Number.NEGATIVE_INFINITY;
  return recorded.concat(live.filter(({ at }) => at > last));
}
