/** The open incident: its events, and the state and timeline computed from them. Each pushed event updates all three. */
import { List } from 'immutable';
import { create } from 'zustand';
import type { Bridge } from '#shared/api/bridge.ts';
import type { IncidentView } from '#shared/api/calls.ts';
import type { KeptEntry } from '#shared/api/pushes.ts';
import type { Failure } from '#shared/api/result.ts';
import type { Envelope, IncidentEvent } from '#shared/incident/event.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { advance } from '#shared/incident/reduce.ts';
import { handedOverText } from '#shared/incident/topics/handover.ts';
import type { SeenEnd } from '#shared/incident/running-command.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { onReconnect } from './connection.ts';
import { ask, get, newIntentId } from './core.ts';
import { tell, withdraw } from './notices.ts';
import { extendTimeline, NO_TIMELINE, type Timeline } from './timeline.ts';

export interface OpenIncident {
  readonly view: IncidentView | null;
  /** Without purged events, which have no content. */
  readonly events: List<IncidentEvent>;
  readonly timeline: Timeline;
  /** The state after these events; null when the declaration was purged. */
  readonly state: IncidentState | null;
  /** seq of the newest event received, including purged ones. */
  readonly seq: number;
  /** The core's wall clock minus this window's, in ms. */
  readonly wallOffset: number;
  /** The intent that was sent and not answered yet, if any. */
  readonly sending: Intent['kind'] | null;
  /** Why the timeline cannot be written at the moment; null when it can. */
  readonly storageHealth: Failure | null;
  /** What people did while it could not be written, and the file that holds it; null: only in memory. */
  readonly kept: readonly KeptEntry[];
  readonly keptIn: string | null;
  /** Commands that ended while it could not be written. */
  readonly ended: readonly SeenEnd[];
}

const NONE: OpenIncident = {
  view: null,
  events: List(),
  timeline: NO_TIMELINE,
  state: null,
  seq: 0,
  wallOffset: 0,
  sending: null,
  storageHealth: null,
  kept: [],
  keptIn: null,
  ended: [],
};

export const useIncidentStore = create<OpenIncident>(() => NONE);

export type IncidentParts = Pick<OpenIncident, 'view' | 'events' | 'timeline' | 'state' | 'ended'>;

/** What `useIncident` is made of: not what is being sent, nor what is kept while the store cannot be written. */
export const incidentParts = ({ view, events, timeline, state, ended }: OpenIncident): IncidentParts => ({
  view,
  events,
  timeline,
  state,
  ended,
});

/** What the report screen shows beside the report; null while the incident is not open or its declaration was purged. */
export const reportParts = ({ view, state }: OpenIncident, incidentId: string) =>
  view?.summary.id !== incidentId || state === null
    ? null
    : {
        saved: state.reportFields,
        actionItems: state.actionItems,
        readOnly: whyReadOnly(view) ?? handedOverText(state),
      };

/** What the contacts show of the open incident; null when none is open. */
export const escalationParts = ({ view, state }: OpenIncident) =>
  view === null || state === null
    ? null
    : {
        runbook: view.runbook.model,
        calls: state.escalations,
        detectedAt: state.declared.detectedAt,
        mayLog: whyReadOnly(view) === null && state.closedAt === null,
      };

export function followIncident(bridge: Bridge): void {
  bridge.on('incident.events', ({ incidentId, events }) => {
    if (useIncidentStore.getState().view?.summary.id === incidentId) add(events);
  });
  bridge.on('incident.unwritten', ({ incidentId, problem, kept, keptIn, ended }) => {
    if (useIncidentStore.getState().view?.summary.id === incidentId)
      useIncidentStore.setState({ storageHealth: problem, kept, keptIn, ended });
  });
  bridge.on('incident.listed', ({ summary }) => {
    const { view } = useIncidentStore.getState();
    if (view?.summary.id === summary.id) useIncidentStore.setState({ view: { ...view, summary } });
  });
  onReconnect(() => {
    const { view, seq } = useIncidentStore.getState();
    if (view !== null) void get('incident.follow', { incidentId: view.summary.id, afterSeq: seq });
  });
}

/** Adds pushed events, which the core has validated. A push may repeat events we have; those are skipped. */
function add(envelopes: readonly Envelope[]): void {
  useIncidentStore.setState((known) => {
    const fresh = envelopes.filter((envelope) => envelope.seq > known.seq);
    return { ...withEvents(known, withoutPurged(fresh)), seq: fresh.at(-1)?.seq ?? known.seq };
  });
}

type FromEvents = Pick<OpenIncident, 'events' | 'state' | 'timeline'>;

function withEvents(
  { view, ...known }: FromEvents & Pick<OpenIncident, 'view'>,
  more: readonly IncidentEvent[],
): FromEvents {
  const state = advance(known.state, more);
  const events = known.events.push(...more);
  if (state === null || view === null) return { events, state, timeline: known.timeline };
  return { events, state, timeline: extendTimeline(known.timeline, more, view.runbook.model, state) };
}

const withoutPurged = (envelopes: readonly Envelope[]): IncidentEvent[] =>
  envelopes.filter((envelope) => envelope.payload !== null) as IncidentEvent[];

/** The incident to show, set before the core has answered. */
let wantedId: string | null = null;

/** Opens and follows an incident, and leaves the one open before. A late answer for an earlier incident is dropped. */
export async function openIncident(incidentId: string): Promise<void> {
  const before = useIncidentStore.getState().view?.summary.id;
  if (before !== undefined && before !== incidentId) leaveIncident();
  wantedId = incidentId;
  const view = await get('incident.open', { incidentId });
  if (view === null || wantedId !== incidentId) return;
  const seq = view.events.at(-1)?.seq ?? 0;
  useIncidentStore.setState({
    view,
    ...withEvents({ ...NONE, view }, withoutPurged(view.events)),
    seq,
    wallOffset: view.wallNow - Date.now(),
    sending: null,
  });
  await get('incident.follow', { incidentId, afterSeq: seq });
}

/** Drops what this window holds of a purged incident. */
export function forgetIncident(incidentId: string): void {
  if (useIncidentStore.getState().view?.summary.id === incidentId) leaveIncident();
}

function leaveIncident(): void {
  wantedId = null;
  const incidentId = useIncidentStore.getState().view?.summary.id;
  useIncidentStore.setState(NONE);
  if (incidentId !== undefined) void get('incident.unfollow', { incidentId });
}

/** Why this window cannot act on the incident, or null. Of several Rollbooks on a data folder, one acts. */
export const whyReadOnly = ({ readOnly, summary }: IncidentView): string | null =>
  readOnly ?? (summary.heldBy === null ? null : 'another Rollbook on this data folder is working on it.');

/** Intents that do not depend on the events in between: after a conflict they are sent again. */
const REPEATABLE: ReadonlySet<Intent['kind']> = new Set<Intent['kind']>([
  'note',
  'star',
  'pay-debt',
  'copied-command',
  'copied-message',
  'sent-message',
  'tick',
  'end-watch',
  'answer-checkpoint',
  'settle-follow-ups',
  'choose-row',
  'change-severity',
  'defer-checklist',
  'edit-report',
  'log-escalation',
  'report-defect',
  'set-action-item',
  'remove-action-item',
]);

/** Why the last intent was refused; null once one was accepted. */
let refused: Failure | null = null;

/** Sends an intent. True when the core accepted it; a refusal is shown. */
export async function act(intent: Intent): Promise<boolean> {
  const { view } = useIncidentStore.getState();
  if (view === null) return false;
  const intentId = newIntentId();
  useIncidentStore.setState({ sending: intent.kind });
  try {
    for (let tries = 0; ; tries += 1) {
      const expectedSeq = useIncidentStore.getState().seq;
      const result = await ask('incident.act', { incidentId: view.summary.id, intentId, expectedSeq, intent });
      if (result.ok) {
        // What was refused before is out of date.
        if (refused !== null) withdraw(refused);
        refused = null;
        return true;
      }
      const stale = result.error.code === 'conflict' && REPEATABLE.has(intent.kind);
      if (stale && tries < 5) {
        await seqAfter(expectedSeq);
        continue;
      }
      tell(result.error);
      refused = result.error;
      return false;
    }
  } finally {
    useIncidentStore.setState({ sending: null });
  }
}

/** Waits until newer events than `from` have arrived, at most 500 ms. */
function seqAfter(from: number): Promise<void> {
  if (useIncidentStore.getState().seq !== from) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(done, 500);
    const unsubscribe = useIncidentStore.subscribe(({ seq }) => seq !== from && done());
    function done(): void {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    }
  });
}
