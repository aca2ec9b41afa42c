/** The calls about incidents: their runs, drills and reports too. */
import { steerIfWritable } from '#core/incidents/steer-if-writable.ts';
import { type Failure, RollbookError } from '#shared/api/result.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { quickReleases } from '#core/incidents/quick-releases.ts';
import { startQuick } from '#core/incidents/quick-rollback.ts';
import { wordsOf } from '#core/incidents/without-store.ts';
import type { Rows, Services } from './handler.ts';
import { allSteps } from '#shared/incident/branches.ts';
import { answersFor } from '#core/incidents/answers-from-output.ts';

export const INCIDENTS: Rows<
  | 'incident.list'
  | 'incident.declare'
  | 'incident.open'
  | 'incident.follow'
  | 'incident.unfollow'
  | 'incident.act'
  | 'incident.take-over'
  | 'incident.search'
  | 'incident.purge-plan'
  | 'incident.purge'
  | 'handover.give'
  | 'handover.take'
  | 'quick.start'
  | 'quick.releases'
> = {
  'incident.list': ({ incidents }) => incidents.list(),

  'incident.declare': async ({ incidents, operator }, args) => ({
    incidentId: await incidents.declare(args, operator),
  }),

  'incident.open': ({ clock, incidents }, { incidentId }) =>
    incidents.during(incidentId, async (open) => {
      const { eventLog, openRunbook } = open.context;
      await takeUp(incidents, open);
      return {
        summary: incidents.summary(incidentId),
        events: [...eventLog.envelopes],
        runbook: await openRunbook(),
        wallNow: clock.now(),
        readOnly: eventLog.unread.why,
      };
    }),

  'incident.follow': async ({ incidents }, { incidentId, afterSeq }, { send, subscriptions }) => {
    const subscription = subscriptions.begin(`incident ${incidentId}`);
    const { incident, end } = await incidents.hold(incidentId);
    subscription.add(end);
    // The incident may have been released while the window was away.
    if (!subscription.over) await takeUp(incidents, incident);
    const { eventLog, storageHealth, liveProbes } = incident.context;
    if (subscription.over) return { seq: eventLog.state.seq };
    const push = (events: typeof eventLog.envelopes): void =>
      send({ name: 'incident.events', payload: { incidentId, events } });
    const tell = (problem: Failure | null): void => {
      const { list, path } = storageHealth.acts;
      const kept = list.map(({ at, actor, intent }) => {
        const stop = intent.kind === 'stop-run' ? { runId: intent.runId, how: intent.how } : null;
        return { at, actor, what: wordsOf(intent), stop };
      });
      send({
        name: 'incident.unwritten',
        payload: { incidentId, problem, kept, keptIn: path, ended: storageHealth.ended },
      });
    };
    // Subscribed before the replay and in one turn of the loop, so that no event falls in between.
    const probed = liveProbes.follow((probe) => send({ name: 'incident.probed', payload: { incidentId, probe } }));
    subscription.add(eventLog.follow(push), storageHealth.follow(tell), probed);
    tell(storageHealth.problem);
    const missed = eventLog.envelopesAfter(afterSeq);
    if (missed.length > 0) push(missed);
    return { seq: eventLog.envelopes.at(-1)?.seq ?? 0 };
  },

  'incident.unfollow': (_services, { incidentId }, { subscriptions }) => {
    subscriptions.end(`incident ${incidentId}`);
    return null;
  },

  'incident.act': ({ incidents, operator }, { incidentId, intentId, expectedSeq, intent }) =>
    incidents.during(incidentId, (incident) => incident.act(intent, operator, intentId, expectedSeq)),

  'incident.take-over': ({ incidents, operator }, { incidentId, reason }) =>
    incidents.during(incidentId, async (incident) => {
      await incident.takeOver(reason, operator);
      return null;
    }),

  'incident.search': ({ search }, { query }) => search.find(query),

  'incident.purge-plan': ({ purges }, { incidentId }) => purges.plan(incidentId),
  'incident.purge': async ({ purges, operator }, { incidentId, ...asked }) =>
    await purges.purge(incidentId, asked, operator),

  'handover.give': ({ handovers, operator }, { incidentId, path, to, reason }) =>
    handovers.give(incidentId, { path, to, reason }, operator),

  'handover.take': ({ handovers, operator }, { path, trust, reason }) =>
    handovers.take(path, { trust, reason }, operator),

  'quick.releases': (services, args) => quickReleases(services, args),
  'quick.start': (services, args) => startQuick(services, args),
};

/** Opening takes a free lease, so that what was under way is looked for at once and not at the first key press. */
async function takeUp(incidents: Services['incidents'], incident: OpenIncident): Promise<void> {
  const { incidentId, eventLog } = incident.context;
  const free = incidents.summary(incidentId).heldBy === null && eventLog.state.closedAt === null;
  if (free) await steerIfWritable(incident).catch(() => undefined);
}

export const RUNS: Rows<'run.lines' | 'run.answers' | 'run.attach' | 'run.detach' | 'run.ack'> = {
  'run.lines': ({ incidents, outputs }, { incidentId, runId, from, count }) =>
    incidents.during(incidentId, async ({ context }) => {
      const { runs, evidence } = context.eventLog.state;
      const isCapture = () => evidence.some((each) => each.kind === 'captured' && each.evidenceId === runId);
      if (!runs.has(runId) && !isCapture())
        throw new RollbookError('not-found', `Incident ${incidentId} has no run ${runId}.`, 'Open the incident again.');
      return await outputs.readLines(runId, from, count);
    }),

  'run.answers': ({ incidents }, { incidentId, stepId }) =>
    incidents.during(incidentId, async ({ context }) => {
      const step = allSteps(context.runbook).find(({ id }) => id === stepId);
      return step === undefined ? {} : await answersFor(context, step);
    }),

  'run.attach': ({ outputs }, { runId }, { send, subscriptions }) => {
    subscriptions.begin(`run ${runId}`).add(outputs.attach(runId, send));
    return null;
  },

  'run.detach': (_services, { runId }, { subscriptions }) => {
    subscriptions.end(`run ${runId}`);
    return null;
  },

  'run.ack': ({ outputs }, { runId, chars }, { send }) => {
    outputs.acknowledge(runId, send, chars);
    return null;
  },
};

export const DRILLS: Rows<'drill.scenarios' | 'drill.start' | 'drill.start-real' | 'drill.start-again' | 'drill.book'> =
  {
    'drill.scenarios': ({ drills }) => drills.scenarios(),
    'drill.book': ({ drills }, { runbook }) => drills.book(runbook),
    'drill.start-real': async ({ drills, operator }, args) => ({
      incidentId: await drills.startReal({ ...args, actor: operator }),
    }),
    'drill.start-again': async ({ drills, operator }, { intentId, incidentId, speed }) => {
      const { recording, runbook } = await drills.record(incidentId);
      return { incidentId: await drills.startRecording({ recording, runbook, speed, actor: operator, intentId }) };
    },
    'drill.start': async ({ drills, operator }, { intentId, scenario, speed, rowLine }) => ({
      incidentId: await drills.start({ scenario, speed, rowLine, actor: operator, intentId }),
    }),
  };

export const REPORTS: Rows<'report.preview' | 'report.paste' | 'report.export' | 'report.export-folder'> = {
  'report.preview': ({ reports }, { incidentId }) => reports.preview(incidentId),
  'report.paste': ({ reports }, { incidentId, into }) => reports.paste(incidentId, into),
  'report.export': async ({ reports, operator }, { incidentId, path, format }) =>
    await reports.export(incidentId, path, operator, format),
  'report.export-folder': async ({ reports, operator }, { incidentId, path }) =>
    await reports.exportFolder(incidentId, path, operator),
};
