import type { Rows } from './table.ts';

export const RUNS: Rows<'run.lines' | 'run.attach' | 'run.detach' | 'run.ack'> = {
  'run.lines': ({ outputs }, { runId, from, count }) => outputs.readLines(runId, from, count),

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
