/** The state of an incident that was only declared. */
import { Map, OrderedMap } from 'immutable';
import { NOTHING_AFTER } from './topics/watch-state.ts';
import { NO_BRANCH } from './topics/branches-state.ts';
import { NO_DATABASE } from './topics/database-state.ts';
import type { IncidentEvent, PayloadOf } from './event.ts';
import type { IncidentState } from './state.ts';

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
    closedAt: null,
  };
}
