import type { Failure } from '#shared/contract/result.ts';
import { wordsOf } from '#core/incidents/write-kept.ts';
import type { Rows } from './table.ts';

export const INCIDENTS: Rows<
  | 'incident.list'
  | 'incident.declare'
  | 'incident.open'
  | 'incident.follow'
  | 'incident.unfollow'
  | 'incident.act'
  | 'incident.take-over'
> = {
  'incident.list': ({ desk }) => desk.list(),

  'incident.declare': async ({ desk, operator }, args) => ({ incidentId: await desk.declare(args, operator) }),

  'incident.open': async ({ clock, desk, runbooks, store }, { incidentId }) => {
    const open = await desk.open(incidentId);
    const { journal } = open.scene;
    // Opening takes a free lease, so that what was under way is looked for at once and not at the first key press.
    if (desk.summary(incidentId).heldBy === null && journal.state.closedAt === null && store.mode().kind === 'writable')
      await open.steer().catch(() => undefined);
    return {
      summary: desk.summary(incidentId),
      events: [...journal.envelopes],
      runbook: await runbooks.pinnedBy(incidentId).open(),
      wallNow: clock.now(),
      readOnly: journal.readOnly,
    };
  },

  'incident.follow': async ({ desk }, { incidentId, afterSeq }, { send, subscriptions }) => {
    const { journal, unwritten } = (await desk.open(incidentId)).scene;
    const push = (events: typeof journal.envelopes): void =>
      send({ name: 'incident.events', payload: { incidentId, events } });
    const tell = (problem: Failure | null): void => {
      const { list, path } = unwritten.acts;
      const kept = list.map(({ at, actor, intent }) => ({ at, actor, what: wordsOf(intent) }));
      send({ name: 'incident.unwritten', payload: { incidentId, problem, kept, keptIn: path } });
    };
    const key = `incident ${incidentId}`;
    subscriptions.get(key)?.();
    // Subscribed before the replay and in one turn of the loop, so that no event falls in between.
    const ends = [journal.follow(push), unwritten.follow(tell)];
    subscriptions.set(key, () => ends.forEach((end) => end()));
    tell(unwritten.problem);
    const missed = journal.envelopes.filter(({ seq }) => seq > afterSeq);
    if (missed.length > 0) push(missed);
    return { seq: journal.envelopes.at(-1)?.seq ?? 0 };
  },

  'incident.unfollow': (_services, { incidentId }, { subscriptions }) => {
    const key = `incident ${incidentId}`;
    subscriptions.get(key)?.();
    subscriptions.delete(key);
    return null;
  },

  'incident.act': async ({ desk, operator }, { incidentId, intentId, expectedSeq, intent }) =>
    await (await desk.open(incidentId)).act(intent, operator, intentId, expectedSeq),

  'incident.take-over': async ({ desk, operator }, { incidentId, reason }) => {
    await (await desk.open(incidentId)).takeOver(reason, operator);
    return null;
  },
};
