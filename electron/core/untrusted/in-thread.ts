/**
 * Parses, checks and compares untrusted content (runbooks, handover bundles) in a worker thread with limits of time and
 * memory: a file that is slow on purpose is rejected, and the core stays responsive.
 */
import { Worker } from 'node:worker_threads';
import { RollbookError } from '#shared/api/result.ts';
import type { AnswerOf, InputOf, Job } from './jobs.ts';

export interface Request<J extends Job> {
  readonly job: J;
  readonly input: InputOf<J>;
}

export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: Pick<RollbookError, 'code' | 'message' | 'advice' | 'details'> };

export interface Limits {
  readonly ms: number;
  readonly megabytes: number;
}

/** A runbook of 1 MB takes up to 3 s of CPU time and 600 MB; a busy machine takes longer. */
const RUNBOOK: Limits = { ms: 30_000, megabytes: 1024 };
/** A bundle may have 4 GB, on a slow disk. */
const BUNDLE: Limits = { ms: 10 * 60_000, megabytes: 1024 };

/** In the build, the thread is a separate file beside this one. */
const THREAD = new URL(import.meta.url.endsWith('.ts') ? './thread.ts' : './untrusted.js', import.meta.url);

/** One thread, which runs one job at a time and does not keep the process alive. */
export class JobThread {
  #limits: Limits;
  #worker: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** `name`: of the content, for error messages. Throws the errors of the job, and `too-large` over the limits. */
  async run<J extends Job>(job: J, input: InputOf<J>, name: string): Promise<AnswerOf<J>> {
    const before = this.#last;
    const done = before.then(() => this.#run({ job, input }, name));
    this.#last = done.catch(() => undefined);
    return (await done) as AnswerOf<J>;
  }

  async #run(request: Request<Job>, name: string): Promise<unknown> {
    const worker = (this.#worker ??= this.#start());
    const late = AbortSignal.timeout(this.#limits.ms);
    worker.ref();
    try {
      const answer = await new Promise<Answer>((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
        late.addEventListener('abort', () => reject(tooMuch(name, `${this.#limits.ms / 1000} s`)));
        worker.postMessage(request);
      });
      // Unpacking the answer took this turn of the event loop: let other work run before the caller continues.
      await new Promise((resolve) => setImmediate(resolve));
      if (answer.ok) return answer.value;
      const { code, message, advice, details } = answer.error;
      throw new RollbookError(code, message, advice, details);
    } catch (thrown) {
      if (thrown instanceof RollbookError && !late.aborted) throw thrown;
      this.#worker = null;
      await worker.terminate();
      const full = (thrown as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
      throw full ? tooMuch(name, `${this.#limits.megabytes} MB of memory`) : thrown;
    } finally {
      worker.removeAllListeners('message');
      worker.removeAllListeners('error');
      worker.unref();
    }
  }

  #start(): Worker {
    return new Worker(THREAD, {
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.megabytes, maxYoungGenerationSizeMb: 64 },
    });
  }
}

const forRunbooks = new JobThread(RUNBOOK);
/** Separate, so that runbooks can be read at the same time. */
const forBundles = new JobThread(BUNDLE);

/** Runs a job in a thread. Throws the errors of the job, and `too-large` when it takes too much time or memory. */
export const inThread = <J extends Job>(job: J, input: InputOf<J>, name: string): Promise<AnswerOf<J>> =>
  (job === 'bundle' ? forBundles : forRunbooks).run(job, input, name);

const tooMuch = (name: string, limit: string): RollbookError =>
  new RollbookError(
    'too-large',
    `${name} takes more than ${limit} to read.`,
    'Split it, or remove pasted logs and generated text.',
  );
