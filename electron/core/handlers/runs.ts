import { RollbookError } from '#shared/api/result.ts';
import { allSteps } from '#shared/incident/branches.ts';
import { answersFor } from '#core/incidents/answers-from-output.ts';
import type { Rows } from './handler.ts';

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
