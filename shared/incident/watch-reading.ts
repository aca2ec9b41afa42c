/** What a reading of the watch does to the state: its own service's counts, and those of the whole. */
import type { PayloadOf } from './event.ts';
import type { IncidentState } from './state.ts';

export function watchReading(
  state: IncidentState,
  { at, payload }: { readonly at: number; readonly payload: PayloadOf<'watch.reading'> },
): IncidentState {
  const { watch } = state;
  if (watch === null) return state;
  const { probes, bad, healthy, detail, service } = payload;
  const last = { at, healthy, detail };
  if (service === undefined) return { ...state, watch: { ...watch, probes, bad, last } };
  const services = { ...watch.services, [service]: { probes, bad, last } };
  const each = Object.values(services);
  return {
    ...state,
    watch: {
      ...watch,
      services,
      // All are asked in the same round.
      probes: Math.max(...each.map((one) => one.probes)),
      bad: each.reduce((sum, one) => sum + one.bad, 0),
      last: each.map((one) => one.last).find((one) => one?.healthy === false) ?? last,
    },
  };
}
