/** The fold from events to state. Pure: no clock, no model, no I/O; the same events give the same state. */
import type { EventKind, IncidentEvent } from './event.ts';
import { declare } from './declared-state.ts';
import type { IncidentState } from './state.ts';
import { EVENT_RULES } from './topics/registry.ts';

/** Adds one event. Events must come in order of seq. What could only be written down later counts from when it happened. */
export function applyEvent(state: IncidentState, event: IncidentEvent): IncidentState {
  const apply = EVENT_RULES[event.kind].apply as (state: IncidentState, event: IncidentEvent) => IncidentState;
  const happened = event.occurredAt == null ? event : { ...event, at: event.occurredAt };
  return { ...apply(state, happened), seq: event.seq };
}

/** The state after all events, or null when there is no declaration (nothing happened, or it was purged). */
export function reduce(events: readonly IncidentEvent[]): IncidentState | null {
  const [first, ...rest] = events;
  if (first === undefined || first.kind !== 'incident.declared') return null;
  let state = declare(first);
  for (const event of rest) state = applyEvent(state, event);
  return state;
}

/** The state after more events, which alone cost anything. `state` null: there were none before. */
export const advance = (state: IncidentState | null, more: readonly IncidentEvent[]): IncidentState | null =>
  state === null ? reduce(more) : more.reduce(applyEvent, state);

/** The event of kind K, for handlers. */
export type EventOf<K extends EventKind> = Extract<IncidentEvent, { kind: K }> & {
  readonly payload: NonNullable<Extract<IncidentEvent, { kind: K }>['payload']>;
};
