import { RollbookError } from '#shared/contract/result.ts';
import type { Rows } from './table.ts';

export const RUNS: Rows<'run.lines' | 'run.attach' | 'run.detach' | 'run.ack'> = {
  'run.lines': async ({ desk, outputs }, { incidentId, runId, from, count }) => {
    const { state, events } = (await desk.open(incidentId)).scene.journal;
    const isCapture = () =>
      events.some(({ kind, payload }) => kind === 'evidence.captured' && payload?.evidenceId === runId);
    if (state.runs[runId] === undefined && !isCapture())
      throw new RollbookError('not-found', `Incident ${incidentId} has no run ${runId}.`, 'Open the incident again.');
    return await outputs.readLines(runId, from, count);
  },

  'run.attach': ({ outputs }, { runId }, { send, subscriptions }) => {
    const key = `run ${runId}`;
    subscriptions.get(key)?.();
    subscriptions.set(key, outputs.attach(runId, send));
    return null;
  },

  'run.detach': (_services, { runId }, { subscriptions }) => {
    subscriptions.get(`run ${runId}`)?.();
    subscriptions.delete(`run ${runId}`);
    return null;
  },

  'run.ack': ({ outputs }, { runId, chars }, { send }) => {
    outputs.acknowledge(runId, send, chars);
    return null;
  },
};
