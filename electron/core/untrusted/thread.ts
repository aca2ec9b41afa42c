/** Runs in the worker thread: receives jobs from in-thread.ts and answers each. */
import { parentPort } from 'node:worker_threads';
import { RollbookError } from '#shared/contract/result.ts';
import { type Job, JOBS } from './jobs.ts';
import type { Answer, Request } from './in-thread.ts';

parentPort?.on('message', (request: Request<Job>) => {
  void answer(request).then((answered) => parentPort?.postMessage(answered));
});

async function answer({ job, input }: Request<Job>): Promise<Answer> {
  try {
    return { ok: true, value: await (JOBS[job] as (input: unknown) => unknown)(input) };
  } catch (thrown) {
    if (!(thrown instanceof RollbookError)) throw thrown;
    const { code, message, advice, details } = thrown;
    return { ok: false, error: { code, message, advice, details } };
  }
}
