/**
 * What the store does not take right now (a full disk, say): told at once, and over with the next write it takes.
 * What was read meanwhile is kept by those who read it, and written then.
 */
import { type ErrorCode, type Failure, RollbookError, toFailure } from '#shared/contract/result.ts';
import type { SeenEnd } from '#shared/incident/seen-ends.ts';
import type { RunState } from '#shared/incident/state.ts';
import { STORE_CODES } from '#core/store/store-trouble.ts';
import { type KeptAct, KeptActs } from './kept-acts.ts';
import { redactIntent } from './redact-intent.ts';

/** Trouble that may pass while Rollbook runs. */
const MAY_PASS: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['disk-full', 'store-unwritable']);

export const mayPass = (thrown: unknown): boolean => thrown instanceof RollbookError && MAY_PASS.has(thrown.code);

/** The store takes nothing, now or until somebody mends it. */
export const takesNothing = (thrown: unknown): boolean =>
  thrown instanceof RollbookError && STORE_CODES.has(thrown.code);

interface WithStorageHealth {
  readonly storageHealth: StorageHealth;
}

export class StorageHealth {
  #acts: KeptActs;
  #beingWritten = new Set<string>();
  #ended: readonly SeenEnd[] = [];
  #redact: (text: string) => string;
  #problem: Failure | null = null;
  #listeners = new Set<(problem: Failure | null) => void>();

  /** `folder`: the data folder; `redact`: the door's, as what is kept is written past the store. */
  constructor(folder: string, incidentId: string, redact: (text: string) => string) {
    this.#acts = new KeptActs(folder, incidentId);
    this.#redact = redact;
  }

  /** What people did that is not on the timeline yet. */
  get acts(): Pick<KeptActs, 'list' | 'path'> {
    return this.#acts;
  }

  /** `written`: it is put on the timeline by somebody else, and no longer kept when that is done. */
  keep(act: KeptAct, written?: Promise<unknown>): void {
    this.#acts.add({ ...act, intent: redactIntent(act.intent, this.#redact) });
    this.#set(this.#problem);
    if (written === undefined) return;
    this.#beingWritten.add(act.intentId);
    void written
      .then(() => this.drop(act.intentId))
      .catch(() => undefined)
      .finally(() => this.#beingWritten.delete(act.intentId));
  }

  /** Those that nobody else puts on the timeline. */
  left(): readonly KeptAct[] {
    return this.#acts.list.filter(({ intentId }) => !this.#beingWritten.has(intentId));
  }

  /** It is on the timeline. */
  drop(intentId: string): void {
    this.#acts.drop(intentId);
    this.#set(this.#problem);
  }

  /** The last that was asked of this command, and is not on the timeline yet. */
  stopOf(runId: string): RunState['stopAsked'] {
    for (const { at, intent } of this.#acts.list.toReversed()) {
      if (intent.kind === 'stop-run' && intent.runId === runId) return { how: intent.how, at };
    }
    return null;
  }

  /** Commands that ended, and whose end is not on the timeline yet. */
  get ended(): readonly SeenEnd[] {
    return this.#ended;
  }

  /** It is told when, and as soon as, the store takes nothing. */
  sawEnd(end: SeenEnd): void {
    this.#ended = [...this.#ended.filter(({ runId }) => runId !== end.runId), end];
    if (this.#problem !== null) this.#set(this.#problem);
  }

  /** Its end is on the timeline. */
  wroteEnd(ended: string): void {
    this.#ended = this.#ended.filter(({ runId }) => runId !== ended);
  }

  get problem(): Failure | null {
    return this.#problem;
  }

  /** Anything but trouble of the store is not for this place. */
  report(thrown: unknown): void {
    if (!takesNothing(thrown)) return;
    const problem = toFailure(thrown);
    if (problem.message === this.#problem?.message) return;
    this.#set(problem);
  }

  clear(): void {
    if (this.#problem !== null) this.#set(null);
  }

  /** Called at each change. Answers the function that ends it. */
  follow(listener: (problem: Failure | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #set(problem: Failure | null): void {
    this.#problem = problem;
    for (const listener of this.#listeners) listener(problem);
  }
}

/** The work's answer; rejects as soon as the store takes nothing, while the work goes on in the background. */
export async function unlessUnwritten<T>({ storageHealth }: WithStorageHealth, work: Promise<T>): Promise<T> {
  let unfollow = (): void => undefined;
  const refused = new Promise<never>((_resolve, reject) => {
    const tell = (problem: Failure | null): void => {
      if (problem !== null) reject(new RollbookError(problem.code, problem.message, problem.advice));
    };
    unfollow = storageHealth.follow(tell);
    tell(storageHealth.problem);
  });
  try {
    return await Promise.race([work, refused]);
  } finally {
    unfollow();
    work.catch(() => undefined);
  }
}

/** True when it is on the disk; false: the store did not take it now, and it is to be tried again. Other errors pass. */
export async function written(context: WithStorageHealth, write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (thrown) {
    if (!mayPass(thrown)) throw thrown;
    context.storageHealth.report(thrown);
    return false;
  }
}
