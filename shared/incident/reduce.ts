/** Reduces events to the incident's state. Pure: no clock, runbook or I/O, so the same events give the same state. */
import type { IncidentEvent, PayloadOf } from './event.ts';
import type { IncidentState } from './state.ts';
import { EVENT_RULES } from './topics/registry.ts';
import { Map, OrderedMap } from 'immutable';
import { NOTHING_AFTER } from './topics/watch-state.ts';
import { NO_BRANCH } from './topics/branches-state.ts';
import { NO_DATABASE } from './topics/database-state.ts';

/** Applies one event; events must come in order of seq. A back-dated event counts from when it happened. */
export function applyEvent(state: IncidentState, event: IncidentEvent): IncidentState {
  const apply = EVENT_RULES[event.kind].apply as (state: IncidentState, event: IncidentEvent) => IncidentState;
  const happened = event.occurredAt == null ? event : { ...event, at: event.occurredAt };
  return { ...apply(state, happened), seq: event.seq };
}

/** The state after all events, or null when there is no declaration (no events yet, or purged). */
export function reduce(events: readonly IncidentEvent[]): IncidentState | null {
  const [first, ...rest] = events;
  if (first === undefined || first.kind !== 'incident.declared') return null;
  let state = declare(first);
  for (const event of rest) state = applyEvent(state, event);
  return state;
}

/** The state after more events; the cost depends on these alone. `state` is null when there were none before. */
export const advance = (state: IncidentState | null, more: readonly IncidentEvent[]): IncidentState | null =>
  state === null ? reduce(more) : more.reduce(applyEvent, state);

/** The state of an incident that was declared and nothing else. */
export function declare(event: IncidentEvent & { kind: 'incident.declared' }): IncidentState {
  const declared = event.payload as PayloadOf<'incident.declared'>;
  return {
    declared,
    declaredAt: event.at,
    seq: event.seq,
    severity: declared.severity,
    row: declared.row,
    procedureId: null,
    fixForward: null,
    approvals: [],
    bypass: null,
    steps: {},
    runs: OrderedMap(),
    running: [],
    asked: null,
    problem: null,
    releases: null,
    choice: null,
    system: {},
    database: NO_DATABASE,
    branches: NO_BRANCH,
    proofMetAt: null,
    maintenance: null,
    stoppedMachines: null,
    contained: null,
    symptomGone: null,
    effectiveAt: null,
    startedAt: null,
    clockSetMs: 0,
    watch: null,
    paid: {},
    deferred: [],
    deviations: [],
    messages: {},
    evidence: [],
    sent: {},
    starred: Map(),
    reportFields: {},
    actionItems: [],
    after: NOTHING_AFTER,
    handedOver: null,
    escalations: [],
    objections: [],
    defects: [],
    resolvedAt: null,
    resolvedAs: null,
    closedAt: null,
  };
}
