/**
 * What probes and readings do to the watch. Each probe is a sample on the timeline, and those alone are counted: a reading
 * comes every five minutes only.
 */
import type { PayloadOf } from './event.ts';
import type { IncidentState, WatchState } from './state.ts';

export function watchReading(
  state: IncidentState,
  { at, payload }: { readonly at: number; readonly payload: PayloadOf<'watch.reading'> },
): IncidentState {
  const { watch } = state;
  if (watch === null) return state;
  const { probes, bad, healthy, detail, service } = payload;
  const last = { at, healthy, detail };
  // An incident from before samples were kept.
  const counts = watch.counted === undefined ? { probes, bad } : {};
  if (service === undefined) return { ...state, watch: { ...watch, ...counts, last } };
  const services = { ...watch.services, [service]: last };
  const failing = Object.values(services).find((each) => !each.healthy);
  return { ...state, watch: { ...watch, ...counts, services, last: failing ?? last } };
}

/** The watch with these probes of one service. Their times decide nothing: a clock may be set back meanwhile. */
export function watchSampled(
  watch: WatchState | null,
  { target, samples }: PayloadOf<'probe.sampled'>,
): WatchState | null {
  if (watch === null) return null;
  const bad = samples.filter(({ ok }) => !ok).length;
  const was = watch.counted?.[target] ?? NOTHING_COUNTED;
  const counted = { ...watch.counted, [target]: { probes: was.probes + samples.length, bad: was.bad + bad } };
  const each = Object.values(counted);
  return {
    ...watch,
    counted,
    probes: each.reduce((sum, one) => sum + one.probes, 0),
    bad: each.reduce((sum, one) => sum + one.bad, 0),
  };
}

export const NOTHING_COUNTED = { probes: 0, bad: 0 } as const;
