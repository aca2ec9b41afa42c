/**
 * The events of one incident in this process. Begin here to read this folder: appending commits events to the store one after
 * the other, then advances the state and calls the followers. The other files deal with a store that refuses writes
 * (`storage-health.ts`, `kept-acts.ts`, `late-writes.ts`), events that cannot be read (`unread-events.ts`) and leases.
 */
import { RollbookError } from '#shared/api/result.ts';
import type { Draft, Envelope, IncidentEvent } from '#shared/incident/event.ts';
import { incidentTime } from '#shared/incident/clocks.ts';
import { handedOverText } from '#shared/incident/topics/handover.ts';
import { applyEvent, reduce } from '#shared/incident/reduce.ts';
import { eventsAfter, isStale } from '#shared/incident/staleness.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { EVENT_VERSION, readEvents } from '#shared/incident/upcast.ts';
import type { Clock } from '#core/ports.ts';
import type { Store, Draft as StoredDraft, SummaryChange } from '#core/store/store.ts';
import { mayPass, type StorageHealth } from './storage-health.ts';
import { shownOf, UnreadEvents } from './unread-events.ts';

/** Computes the incident's row in the list of incidents from its state. */
export type Summarise = (state: IncidentState) => SummaryChange;

/** Time between two attempts to write refused events, ms, incident clock. */
const RETRY_MS = 1_000;

type Decide = readonly Draft[] | ((state: IncidentState) => readonly Draft[]);
type Appended = { readonly seq: number; readonly repeated: boolean };

export interface FromIntent {
  readonly intentId: string;
  readonly expectedSeq: number;
}

/** A time during which the store refused writes, ms since the epoch, incident clock. */
export interface WriteDelay {
  readonly since: number;
  readonly until: number;
}

interface Happened {
  /** When it happened, ms since the epoch, incident clock. */
  readonly since: number;
  readonly isLate: boolean;
  readonly intentId: string | undefined;
  /** Aborting it ends the wait for the store. */
  readonly held: AbortSignal;
}

export class EventLog {
  readonly incidentId: string;
  readonly unread: UnreadEvents;
  #store: Store;
  #clock: Clock;
  #summarise: Summarise;
  #storageHealth: Pick<StorageHealth, 'report' | 'clear'> | null;
  #held: () => AbortSignal;
  #lastDelay: WriteDelay | null = null;
  /** All events. Purged and unreadable ones have no payload. */
  #envelopes: Envelope[] = [];
  #events: IncidentEvent[] = [];
  #seqOfIntent = new Map<string, number>();
  #state: IncidentState;
  #queue: Promise<unknown> = Promise.resolve();
  /** Keeps the order of `append` calls while the store refuses writes. */
  #happened: Promise<unknown> = Promise.resolve();
  #followers = new Set<(events: readonly Envelope[]) => void>();

  /**
   * `held`: the signal that ends waits for the store. Codes: `not-found`, `store-corrupt` when the declaration cannot be
   * read.
   */
  constructor(
    store: Store,
    incidentId: string,
    clock: Clock,
    summarise: Summarise,
    storageHealth: Pick<StorageHealth, 'report' | 'clear'> | null = null,
    held: () => AbortSignal = () => new AbortController().signal,
  ) {
    this.incidentId = incidentId;
    this.#store = store;
    this.#clock = clock;
    this.#summarise = summarise;
    this.#storageHealth = storageHealth;
    this.#held = held;
    const stored = store.events(incidentId);
    const reading = readEvents(stored);
    this.unread = new UnreadEvents(incidentId, store);
    this.unread.add(reading);
    this.#envelopes = shownOf(stored, reading);
    this.#events = [...reading.events];
    const state = reduce(this.#events);
    if (state === null) throw this.unread.undeclared();
    this.#state = state;
    this.#noteIntents(this.#envelopes);
  }

  get state(): IncidentState {
    return this.#state;
  }

  /** The incident's time now, whole ms since the epoch. */
  now(): number {
    return Math.round(incidentTime(this.#state, this.#clock.now()));
  }

  get events(): readonly IncidentEvent[] {
    return this.#events;
  }

  /** The events after `seq`. Takes time only for those. */
  eventsAfter(seq: number): readonly IncidentEvent[] {
    return eventsAfter(this.#events, seq);
  }

  get envelopes(): readonly Envelope[] {
    return this.#envelopes;
  }

  /** The last time the store refused writes; null: it never did. */
  get lastDelay(): WriteDelay | null {
    return this.#lastDelay;
  }

  /**
   * Appends events about something that has happened. Retries until the store accepts them, and then dates them `since`.
   * Use tryAppend where waiting is wrong: for a person's action, or something that must not start late. `intentId`: the
   * intent that these events carry out; it never counts as stale.
   */
  append(actor: string, decide: Decide, since = this.now(), intentId?: string): Promise<Appended> {
    const how = { since, isLate: this.now() - since >= RETRY_MS, intentId, held: this.#held() };
    const turn = this.#happened.then(() => this.#appendWhenTaken(actor, decide, how));
    this.#happened = turn.catch(() => undefined);
    return turn;
  }

  async #appendWhenTaken(
    actor: string,
    decide: Decide,
    { since, isLate, intentId, held }: Happened,
  ): Promise<Appended> {
    const from = intentId === undefined ? undefined : { intentId, expectedSeq: Number.POSITIVE_INFINITY };
    const then = (state: IncidentState): readonly Draft[] =>
      (typeof decide === 'function' ? decide(state) : decide).map((draft) => ({ occurredAt: since, ...draft }));
    let refusedAt: number | null = null;
    for (let late = isLate; ; late = true) {
      try {
        const appended = await this.tryAppend(actor, late ? then : decide, from);
        if (refusedAt !== null) this.#lastDelay = { since: refusedAt, until: this.now() };
        return appended;
      } catch (thrown) {
        if (!mayPass(thrown)) throw thrown;
        refusedAt ??= this.now();
      }
      await this.#clock.sleep(RETRY_MS, held);
      held.throwIfAborted();
    }
  }

  /** The events after `seq`, including purged and unreadable ones. */
  envelopesAfter(seq: number): readonly Envelope[] {
    return eventsAfter(this.#envelopes, seq);
  }

  /**
   * Appends the result of `decide` in one transaction. No other append comes between the state it sees and its events.
   * Codes: `conflict`, `read-only`, those of the store.
   */
  tryAppend(actor: string, decide: Decide, from?: FromIntent): Promise<Appended> {
    const job = this.#queue.then(() => this.#appendToNewest(actor, decide, from));
    this.#queue = job.catch(() => undefined);
    return job;
  }

  /** Retries when another process appended between our read and our write. */
  async #appendToNewest(...args: Parameters<EventLog['tryAppend']>): Promise<Appended> {
    for (let left = 5; ; left -= 1) {
      try {
        return await this.#append(...args);
      } catch (thrown) {
        const movedOn = thrown instanceof RollbookError && thrown.code === 'conflict' && left > 0 && this.catchUp();
        if (!movedOn) throw thrown;
      }
    }
  }

  async #append(actor: string, decide: Decide, from?: FromIntent): Promise<Appended> {
    this.catchUp();
    const first = from && this.#seqOfIntent.get(from.intentId);
    if (first !== undefined) return { seq: first, repeated: true };
    this.#refuseStale(from);
    const drafts = typeof decide === 'function' ? decide(this.#state) : decide;
    this.unread.mustTake(drafts);
    this.#refuseWhenHandedOver(drafts);
    if (drafts.length === 0) return { seq: this.#state.seq, repeated: false };
    const stored = drafts.map((draft, index) =>
      this.#stamp(draft, actor, index === 0 ? (from?.intentId ?? null) : null),
    );
    const after = stored.reduce(
      (state, draft, index) =>
        applyEvent(state, { ...draft, seq: this.#state.seq + 1 + index } as unknown as IncidentEvent),
      this.#state,
    );
    const { events, repeated } = await this.#store
      .append(this.incidentId, this.#envelopes.at(-1)?.seq ?? 0, stored, this.#listed(after, drafts))
      .catch((thrown: unknown) => {
        this.#storageHealth?.report(thrown);
        throw thrown;
      });
    this.#storageHealth?.clear();
    this.#take(events);
    return { seq: this.#state.seq, repeated };
  }

  /**
   * The change to the row. With damaged events the state is incomplete, so only the status of an ended incident is taken
   * from it.
   */
  #listed(after: IncidentState, drafts: readonly Draft[]): SummaryChange {
    const change = this.#summarise(after);
    if (!this.unread.damaged) return change;
    const { status } = change;
    const ends = drafts.some(({ kind }) => kind === 'incident.resolved' || kind === 'incident.closed');
    return ends && status !== undefined ? { status } : {};
  }

  /** Reads events that other processes appended. Returns true when there were any. */
  catchUp(): boolean {
    const events = this.#store.events(this.incidentId, this.#envelopes.at(-1)?.seq ?? 0);
    this.#take(events);
    return events.length > 0;
  }

  /** Calls `listener` with new events, in order, once they are on disk. Returns the function that stops this. */
  follow(listener: (events: readonly Envelope[]) => void): () => void {
    this.#followers.add(listener);
    return () => this.#followers.delete(listener);
  }

  #refuseStale(from: FromIntent | undefined): void {
    if (from === undefined || !isStale(this.#events, from.expectedSeq)) return;
    const advice = 'Look at the present state and decide again.';
    throw new RollbookError('conflict', 'Something happened in this incident since you decided.', advice, {
      seq: this.#state.seq,
    });
  }

  /** Two copies that both change could never be merged again. */
  #refuseWhenHandedOver(drafts: readonly Draft[]): void {
    const why = handedOverText(this.#state);
    if (why === null || drafts.every(({ kind }) => kind === 'handover.taken')) return;
    throw new RollbookError('read-only', `Incident ${this.incidentId} can only be read here: ${why}.`);
  }

  #noteIntents(envelopes: readonly Envelope[]): void {
    for (const { seq, intentId } of envelopes) if (intentId !== null) this.#seqOfIntent.set(intentId, seq);
  }

  #stamp(draft: Draft, actor: string, intentId: string | null): StoredDraft {
    return {
      at: this.now(),
      occurredAt: draft.occurredAt ?? null,
      mono: Math.round(this.#clock.monotonic()),
      actor,
      kind: draft.kind,
      v: EVENT_VERSION[draft.kind],
      intentId,
      payload: draft.payload,
    };
  }

  #take(events: readonly Envelope[]): void {
    if (events.length === 0) return;
    const { newer } = this.unread.found;
    const reading = newer === null ? readEvents(events) : { events: [], purged: 0, damaged: [], newer };
    this.unread.add(reading);
    const shown = shownOf(events, reading);
    for (const event of reading.events) this.#state = applyEvent(this.#state, event);
    for (const event of shown) this.#envelopes.push(event);
    for (const event of reading.events) this.#events.push(event);
    this.#noteIntents(events);
    for (const follower of this.#followers) {
      // The events are on disk. A follower that fails, such as a closed window, must not stop the work that follows from
      // them.
      try {
        follower(shown);
      } catch {
        // It will ask again from its last event.
      }
    }
  }
}
