/** The cost of a push to a shown incident does not grow with the incident. Counted, not timed. */
import { expect, it } from 'vitest';
import { useIncidentStore } from '../../../renderer/stores/incident.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';
import { membersMade } from '../../fixtures/objects-made.ts';
import { shownIncident } from './shown-incident.ts';

/** Shows an incident of `count` events, then pushes one more; answers the number of new members. */
async function pushAfter(length: number): Promise<number> {
  const incident = await shownIncident(length);
  expect(useIncidentStore.getState().seq).toBe(length);
  const { before, after } = incident.push('note.added', { text: 'one more', starred: true });
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
  const { extendTimeline } = await import('../../../renderer/stores/timeline.ts');
  const seq = timeline.main.first()?.seq ?? 0;
  const star = (starred: boolean) => new IncidentEvents().add('entry.starred', { seq, starred }).events.slice(1);
  const state = useIncidentStore.getState().state;
  if (state === null || view === null) throw new Error('an incident is shown');
  const without = extendTimeline(timeline, star(false), view.runbook.model, state);
  expect(without.main.map((entry) => entry.seq).includes(seq)).toBe(false);
  expect(without.all.size).toBe(timeline.all.size + 1);
  const back = extendTimeline(without, star(true), view.runbook.model, state);
  expect(back.main.map((entry) => entry.seq).toArray()).toEqual(timeline.main.map((entry) => entry.seq).toArray());
});
