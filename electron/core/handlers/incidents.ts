import type { Failure } from '#shared/contract/result.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { steerOrTell } from '#core/incidents/steer-or-tell.ts';
import { wordsOf } from '#core/incidents/write-kept.ts';
import type { Rows, Services } from './handler.ts';

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

  'incident.open': ({ clock, desk }, { incidentId }) =>
    desk.during(incidentId, async (open) => {
      const { journal, openRunbook } = open.scene;
      await takeUp(desk, open);
      return {
        summary: desk.summary(incidentId),
        events: [...journal.envelopes],
        runbook: await openRunbook(),
        wallNow: clock.now(),
        readOnly: journal.unread.why,
      };
    }),

  'incident.follow': async ({ desk }, { incidentId, afterSeq }, { send, subscriptions }) => {
    const subscription = subscriptions.begin(`incident ${incidentId}`);
    const { incident, end } = await desk.hold(incidentId);
    subscription.add(end);
    // A window that comes back after a while finds that it was let go.
    if (!subscription.over) await takeUp(desk, incident);
    const { journal, unwritten } = incident.scene;
    if (subscription.over) return { seq: journal.state.seq };
    const push = (events: typeof journal.envelopes): void =>
      send({ name: 'incident.events', payload: { incidentId, events } });
    const tell = (problem: Failure | null): void => {
      const { list, path } = unwritten.acts;
      const kept = list.map(({ at, actor, intent }) => {
        const stop = intent.kind === 'stop-run' ? { runId: intent.runId, how: intent.how } : null;
        return { at, actor, what: wordsOf(intent), stop };
      });
      send({
        name: 'incident.unwritten',
        payload: { incidentId, problem, kept, keptIn: path, ended: unwritten.ended },
      });
    };
    // Subscribed before the replay and in one turn of the loop, so that no event falls in between.
    subscription.add(journal.follow(push), unwritten.follow(tell));
    tell(unwritten.problem);
    const missed = journal.envelopesAfter(afterSeq);
    if (missed.length > 0) push(missed);
    return { seq: journal.envelopes.at(-1)?.seq ?? 0 };
  },

  'incident.unfollow': (_services, { incidentId }, { subscriptions }) => {
    subscriptions.end(`incident ${incidentId}`);
    return null;
  },

  'incident.act': ({ desk, operator }, { incidentId, intentId, expectedSeq, intent }) =>
    desk.during(incidentId, (incident) => incident.act(intent, operator, intentId, expectedSeq)),

  'incident.take-over': ({ desk, operator }, { incidentId, reason }) =>
    desk.during(incidentId, async (incident) => {
      await incident.takeOver(reason, operator);
      return null;
    }),
};

/** Opening takes a free lease, so that what was under way is looked for at once and not at the first key press. */
async function takeUp(desk: Services['desk'], incident: OpenIncident): Promise<void> {
  const { incidentId, journal } = incident.scene;
  const free = desk.summary(incidentId).heldBy === null && journal.state.closedAt === null;
  if (free) await steerOrTell(incident).catch(() => undefined);
}
