/**
 * Whether the store accepts writes for one incident. A problem, such as a full disk, is reported at once and cleared by the
 * next successful write. Until then people's actions and the ends of commands are kept here.
 */
import { type ErrorCode, type Failure, RollbookError, toFailure } from '#shared/api/result.ts';
import type { SeenEnd } from '#shared/incident/running-command.ts';
import type { RunState } from '#shared/incident/state.ts';
import { STORE_CODES } from '#core/store/store-trouble.ts';
import { type KeptAct, KeptActs } from './kept-acts.ts';
import type { Intent } from '#shared/incident/intent.ts';

/** Store errors that may go away while Rollbook runs. */
const MAY_PASS: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['disk-full', 'store-unwritable']);

export const mayPass = (thrown: unknown): boolean => thrown instanceof RollbookError && MAY_PASS.has(thrown.code);

/** True when the store accepts no writes, temporarily or until somebody repairs it. */
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

  /** `folder`: the data folder. `redact`: applied to kept actions, because they do not pass through the store. */
  constructor(folder: string, incidentId: string, redact: (text: string) => string) {
    this.#acts = new KeptActs(folder, incidentId);
    this.#redact = redact;
  }

  /** People's actions that are not on the timeline yet. */
  get acts(): Pick<KeptActs, 'list' | 'path'> {
    return this.#acts;
  }

  /** Keeps an action. `written`: resolves once other code has put it on the timeline; then it is dropped. */
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

  /** The kept actions that no other code is writing. */
  left(): readonly KeptAct[] {
    return this.#acts.list.filter(({ intentId }) => !this.#beingWritten.has(intentId));
  }

  /** Drops an action that is now on the timeline. */
  drop(intentId: string): void {
    this.#acts.drop(intentId);
    this.#set(this.#problem);
  }

  /** The newest kept request to stop this command, or null. */
  stopOf(runId: string): RunState['stopAsked'] {
    for (const { at, intent } of this.#acts.list.toReversed()) {
      if (intent.kind === 'stop-run' && intent.runId === runId) return { how: intent.how, at };
    }
    return null;
  }

  /** Commands whose end is not on the timeline yet. */
  get ended(): readonly SeenEnd[] {
    return this.#ended;
  }

  /** Remembers the end of a command until it is on the timeline. Listeners are called if the store has a problem. */
  sawEnd(end: SeenEnd): void {
    this.#ended = [...this.#ended.filter(({ runId }) => runId !== end.runId), end];
    if (this.#problem !== null) this.#set(this.#problem);
  }

  /** The end of the command is on the timeline. */
  wroteEnd(ended: string): void {
    this.#ended = this.#ended.filter(({ runId }) => runId !== ended);
  }

  get problem(): Failure | null {
    return this.#problem;
  }

  /** Reports an error of a write. Other errors than those of the store are ignored. */
  report(thrown: unknown): void {
    if (!takesNothing(thrown)) return;
    const problem = toFailure(thrown);
    if (problem.message === this.#problem?.message) return;
    this.#set(problem);
  }

  /** A write succeeded. */
  clear(): void {
    if (this.#problem !== null) this.#set(null);
  }

  /** Calls `listener` at each change. Returns the function that stops this. */
  follow(listener: (problem: Failure | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #set(problem: Failure | null): void {
    this.#problem = problem;
    for (const listener of this.#listeners) listener(problem);
  }
}

/** Waits for `work`, but rejects as soon as the store has a problem. The work continues in the background. */
export async function unlessUnwritten<T>({ storageHealth }: WithStorageHealth, work: Promise<T>): Promise<T> {
  let unfollow = (): void => undefined;
  const refused = new Promise<never>((_resolve, reject) => {
    const listener = (problem: Failure | null): void => {
      if (problem !== null) reject(new RollbookError(problem.code, problem.message, problem.advice));
    };
    unfollow = storageHealth.follow(listener);
    listener(storageHealth.problem);
  });
  try {
    return await Promise.race([work, refused]);
  } finally {
    unfollow();
    work.catch(() => undefined);
  }
}

/** True: written. False: the store refused it for now; try again. Other errors are thrown. */
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

const FREE_TEXT: ReadonlySet<string> = new Set([
  'text',
  'reason',
  'words',
  'answer',
  'observed',
  'summary',
  'who',
  'role',
  'how',
  'where',
  'owner',
  'due',
  'link',
  'becomes',
  'comment',
]);

/** Redacts the free text of an intent. Ids, choices and pasted output stay as they are; output is parsed first. */
export function redactIntent(intent: Intent, redact: (text: string) => string): Intent {
  const fields = Object.entries(intent).map(([name, value]: [string, unknown]) => [
    name,
    (FREE_TEXT.has(name) || (name === 'what' && intent.kind === 'set-action-item')) && typeof value === 'string'
      ? redact(value)
      : value,
  ]);
  return Object.fromEntries(fields) as Intent;
}
