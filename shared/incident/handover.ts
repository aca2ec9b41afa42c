import type { IncidentState } from './state.ts';

/** Why nothing can be done in this copy, as the end of a sentence without its full stop, or null. */
export function handedOverText(state: Pick<IncidentState, 'handedOver'>): string | null {
  if (state.handedOver === null) return null;
  const { to, by } = state.handedOver;
  return `${by} handed it over${to === '' ? '' : ` to ${to}`}; import the bundle here to take it back`;
}
