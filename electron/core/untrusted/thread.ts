/** Runs in the worker thread: receives jobs from in-thread.ts and answers each. */
import { parentPort } from 'node:worker_threads';
import { RollbookError } from '#shared/api/result.ts';
import { keepCompiledCode } from '../compile-cache.ts';
import type { Job } from './jobs.ts';
import type { Answer, Request } from './in-thread.ts';

keepCompiledCode();
// Imported here, because it is most of the code.
const jobs = import('./jobs.ts');

parentPort?.on('message', (request: Request<Job>) => {
  void answer(request).then((answered) => parentPort?.postMessage(answered));
});

async function answer({ job, input }: Request<Job>): Promise<Answer> {
  try {
    return { ok: true, value: await ((await jobs).JOBS[job] as (input: unknown) => unknown)(input) };
  } catch (thrown) {
    if (!(thrown instanceof RollbookError)) throw thrown;
    const { code, message, advice, details } = thrown;
    return { ok: false, error: { code, message, advice, details } };
  }
}
