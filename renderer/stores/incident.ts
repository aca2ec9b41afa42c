/** The open incident: its events as they arrive, the state they come to and their timeline, moved on by each. */
import { List } from 'immutable';
import { create } from 'zustand';
import type { Bridge } from '#shared/contract/bridge.ts';
import type { IncidentView } from '#shared/contract/calls.ts';
import type { KeptEntry } from '#shared/contract/pushes.ts';
import type { Failure } from '#shared/contract/result.ts';
import type { Envelope, IncidentEvent } from '#shared/incident/event.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { advance } from '#shared/incident/reduce.ts';
import type { SeenEnd } from '#shared/incident/running-command.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { onReconnect } from './connection.ts';
import { ask, get, newIntentId } from './core.ts';
import { tell } from './notices.ts';
import { grown, NO_TIMELINE, type Timeline } from './timeline.ts';

interface OpenIncident {
  readonly view: IncidentView | null;
  /** Purged events are left out: nothing is known of them. */
  readonly events: List<IncidentEvent>;
  readonly timeline: Timeline;
  /** After those events; null when there is no declaration among them. */
  readonly state: IncidentState | null;
  /** seq of the newest event received, purged ones counted. */
  readonly seq: number;
  /** The core's wall clock minus this window's, ms. */
  readonly wallOffset: number;
  /** The intent that is on its way, if any. */
  readonly sending: Intent['kind'] | null;
  /** Why what happens here cannot be written down now, if it cannot. */
  readonly storageHealth: Failure | null;
  /** What people did meanwhile, and the file it is in; null: in memory alone. */
  readonly kept: readonly KeptEntry[];
  readonly keptIn: string | null;
  /** Commands that ended meanwhile. */
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

/** Events were validated by the core; a push that overlaps what we have adds only what is new. */
function add(envelopes: readonly Envelope[]): void {
  useIncidentStore.setState((known) => {
    const fresh = envelopes.filter((envelope) => envelope.seq > known.seq);
    return { ...movedOn(known, readable(fresh)), seq: fresh.at(-1)?.seq ?? known.seq };
  });
}

type Moving = Pick<OpenIncident, 'events' | 'state' | 'timeline'>;

function movedOn({ view, ...known }: Moving & Pick<OpenIncident, 'view'>, more: readonly IncidentEvent[]): Moving {
  const state = advance(known.state, more);
  const events = known.events.push(...more);
  if (state === null || view === null) return { events, state, timeline: known.timeline };
  return { events, state, timeline: grown(known.timeline, more, view.runbook.model, state) };
}

const readable = (envelopes: readonly Envelope[]): IncidentEvent[] =>
  envelopes.filter((envelope) => envelope.payload !== null) as IncidentEvent[];

/** The incident that the person is at, also while its answer is under way. */
let wanted: string | null = null;

/** Opens and follows an incident; the one that was open before is left. An answer that comes after both is dropped. */
export async function openIncident(incidentId: string): Promise<void> {
  const before = useIncidentStore.getState().view?.summary.id;
  if (before !== undefined && before !== incidentId) leaveIncident();
  wanted = incidentId;
  const view = await get('incident.open', { incidentId });
  if (view === null || wanted !== incidentId) return;
  const seq = view.events.at(-1)?.seq ?? 0;
  useIncidentStore.setState({
    view,
    ...movedOn({ ...NONE, view }, readable(view.events)),
    seq,
    wallOffset: view.wallNow - Date.now(),
    sending: null,
  });
  await get('incident.follow', { incidentId, afterSeq: seq });
}

/** What this window still held of it goes too. */
export function forgetIncident(incidentId: string): void {
  if (useIncidentStore.getState().view?.summary.id === incidentId) leaveIncident();
}

function leaveIncident(): void {
  wanted = null;
  const incidentId = useIncidentStore.getState().view?.summary.id;
  useIncidentStore.setState(NONE);
  if (incidentId !== undefined) void get('incident.unfollow', { incidentId });
}

/** Two Rollbooks share a data folder: one acts, the others read along until they take over. Null: one can act here. */
export const whyReadOnly = ({ readOnly, summary }: IncidentView): string | null =>
  readOnly ?? (summary.heldBy === null ? null : 'another Rollbook on this data folder is working on it.');

/** These stand on nothing an event in between could have changed, so a stale one is simply sent again. */
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

/** Sends an intent. True when the core took it; a refusal is shown. */
export async function act(intent: Intent): Promise<boolean> {
  const { view } = useIncidentStore.getState();
  if (view === null) return false;
  const intentId = newIntentId();
  useIncidentStore.setState({ sending: intent.kind });
  try {
    for (let tries = 0; ; tries += 1) {
      const expectedSeq = useIncidentStore.getState().seq;
      const result = await ask('incident.act', { incidentId: view.summary.id, intentId, expectedSeq, intent });
      if (result.ok) return true;
      const stale = result.error.code === 'conflict' && REPEATABLE.has(intent.kind);
      if (stale && tries < 5) {
        await changeOfSeq(expectedSeq);
        continue;
      }
      tell(result.error);
      return false;
    }
  } finally {
    useIncidentStore.setState({ sending: null });
  }
}

/** Until the events that made us stale have arrived, at most 500 ms. */
function changeOfSeq(from: number): Promise<void> {
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
