/** The cost of a push to a shown incident does not grow with the incident. Counted, not timed. */
import { expect, it } from 'vitest';
import type { Bridge } from '#shared/contract/bridge.ts';
import type { Envelope } from '#shared/incident/envelope.ts';
import { followIncident, openIncident, useIncidentStore } from '../../../renderer/stores/incident.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';
import { membersMade } from '../../fixtures/objects-made.ts';
import { RUNBOOK } from '../../fixtures/runbook-model.ts';
import { heldBridge } from './held-bridge.ts';

type Push = (payload: { readonly incidentId: string; readonly events: readonly Envelope[] }) => void;

const story = (length: number): IncidentEvents => {
  const events = new IncidentEvents();
  for (let n = 1; n < length; n += 1) events.add('note.added', { text: `note ${n}`, starred: n % 2 === 0 });
  return events;
};

/** Shows an incident of `count` events, then pushes one more; answers the number of new members. */
async function pushAfter(length: number): Promise<number> {
  const id = `incident-${length}`;
  const core = heldBridge();
  let push: Push = () => undefined;
  const on = (name: string, listener: Push) => {
    if (name === 'incident.events') push = listener;
    return () => undefined;
  };
  followIncident({ on } as unknown as Bridge);
  const events = story(length);
  const view = { summary: { id }, runbook: { model: RUNBOOK }, events: events.events, wallNow: 0 };
  void openIncident(id);
  await core.answer('incident.open', view);
  const before = useIncidentStore.getState();
  expect(before.seq).toBe(length);
  events.add('note.added', { text: 'one more', starred: true });
  push({ incidentId: id, events: events.events.slice(-1) });
  const after = useIncidentStore.getState();
  expect(after.seq).toBe(length + 1);
  expect(after.timeline.main.last()?.text).toBe('one more');
  return membersMade(before, after);
}

it('a pushed event adds its entry, and makes no other anew', async () => {
  const short = await pushAfter(100);
  expect(await pushAfter(10_000)).toBeLessThanOrEqual(2 * short);
});

it('an entry that a person takes out of the short timeline is gone from it, and comes back', async () => {
  await pushAfter(10);
  const { timeline, view } = useIncidentStore.getState();
  const { grown } = await import('../../../renderer/stores/timeline.ts');
  const seq = timeline.main.first()?.seq ?? 0;
  const star = (starred: boolean) => new IncidentEvents().add('entry.starred', { seq, starred }).events.slice(1);
  const state = useIncidentStore.getState().state;
  if (state === null || view === null) throw new Error('an incident is shown');
  const without = grown(timeline, star(false), view.runbook.model, state);
  expect(without.main.map((entry) => entry.seq).includes(seq)).toBe(false);
  expect(without.all.size).toBe(timeline.all.size + 1);
  const back = grown(without, star(true), view.runbook.model, state);
  expect(back.main.map((entry) => entry.seq).toArray()).toEqual(timeline.main.map((entry) => entry.seq).toArray());
});
