/** An incident that the window shows, and to which a test pushes more events. */
import type { Bridge } from '#shared/api/bridge.ts';
import type { PushName } from '#shared/api/pushes.ts';
import type { EventKind, PayloadOf } from '#shared/incident/event.ts';
import { followIncident, openIncident, useIncidentStore } from '../../../renderer/stores/incident.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';
import { RUNBOOK } from '../../fixtures/runbook-model.ts';
import { heldBridge } from './held-bridge.ts';

/** Opens an incident of so many notes in the window's store. */
export async function shownIncident(length: number) {
  const id = `incident-${length}`;
  const core = heldBridge();
  const listeners = new Map<PushName, (payload: unknown) => void>();
  const on = (name: PushName, listener: (payload: unknown) => void) => {
    listeners.set(name, listener);
    return () => undefined;
  };
  followIncident({ on } as unknown as Bridge);
  const events = new IncidentEvents();
  for (let n = 1; n < length; n += 1) events.add('note.added', { text: `note ${n}`, starred: n % 2 === 0 });
  const view = {
    summary: { id, heldBy: null },
    readOnly: null,
    runbook: { model: RUNBOOK },
    events: events.events,
    wallNow: 0,
  };
  void openIncident(id);
  await core.answer('incident.open', view);
  return {
    id,
    /** The store before and after the push. */
    push: <K extends EventKind>(kind: K, payload: PayloadOf<K>) => {
      const before = useIncidentStore.getState();
      events.add(kind, payload);
      listeners.get('incident.events')?.({ incidentId: id, events: events.events.slice(-1) });
      return { before, after: useIncidentStore.getState() };
    },
  };
}
