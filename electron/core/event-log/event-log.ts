/**
 * One incident's events in this process: appended one after the other, folded into the state, handed to followers.
 * Nothing is told to anybody before the store has it on disk.
 */
import { RollbookError } from '#shared/contract/result.ts';
import { incidentTime } from '#shared/incident/drill-time.ts';
import type { Envelope } from '#shared/incident/envelope.ts';
import type { Draft, IncidentEvent } from '#shared/incident/event.ts';
import { handedOverText } from '#shared/incident/handover.ts';
import { applyEvent, reduce } from '#shared/incident/reduce.ts';
import { eventsAfter, isStale } from '#shared/incident/staleness.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { EVENT_VERSION, readEvents } from '#shared/incident/upcast.ts';
import type { Clock } from '#core/ports.ts';
import type { Store, Draft as StoredDraft, SummaryChange } from '#core/store/store.ts';
import { mayPass, type StorageHealth } from './storage-health.ts';
import { shownOf, UnreadEvents } from './unread-events.ts';

/** What the list of incidents shows, from the state after the events. */
export type Summarise = (state: IncidentState) => SummaryChange;

/** Between two tries to write down what the store did not take, ms of the incident's clock. */
const RETRY_MS = 1_000;

type Decide = readonly Draft[] | ((state: IncidentState) => readonly Draft[]);
type Appended = { readonly seq: number; readonly repeated: boolean };

export interface FromIntent {
  readonly intentId: string;
  readonly expectedSeq: number;
}

/** ms since the epoch of the incident's clock. */
export interface WriteDelay {
  readonly since: number;
  readonly until: number;
}

interface Happened {
  /** ms since the epoch of the incident's clock. */
  readonly since: number;
  readonly isLate: boolean;
  readonly intentId: string | undefined;
  /** Ends the waiting for the store. */
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
  /** All of them, purged ones too; those that cannot be read without their payload, as if they were purged. */
  #envelopes: Envelope[] = [];
  #events: IncidentEvent[] = [];
  #seqOfIntent = new Map<string, number>();
  #state: IncidentState;
  #queue: Promise<unknown> = Promise.resolve();
  /** What has happened is written in the order in which it was told of, also when the store refuses it for a while. */
  #happened: Promise<unknown> = Promise.resolve();
  #followers = new Set<(events: readonly Envelope[]) => void>();

  /** `held`: ends what waits for the store. Codes: `not-found`, `store-corrupt` when there is no declaration to begin with. */
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

  /** Now in the incident's own time, whole ms since the epoch. */
  now(): number {
    return Math.round(incidentTime(this.#state, this.#clock.now()));
  }

  get events(): readonly IncidentEvent[] {
    return this.#events;
  }

  /** Those with a greater seq: only they are looked at. */
  eventsAfter(seq: number): readonly IncidentEvent[] {
    return eventsAfter(this.#events, seq);
  }

  get envelopes(): readonly Envelope[] {
    return this.#envelopes;
  }

  /** Since when, and until when, the store did not take what was written last of what it refused; null: it took all. */
  get lastDelay(): WriteDelay | null {
    return this.#lastDelay;
  }

  /**
   * What has happened: kept until the store takes it, and told as of when it happened (`since`). Else as tryAppend. What is
   * not to wait (a person does, or something that must not begin late) is for tryAppend. `intentId`: of the intent that it
   * carries out, and that is not stale whatever came between.
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

  /** Those with a greater seq, purged ones too. */
  envelopesAfter(seq: number): readonly Envelope[] {
    return eventsAfter(this.#envelopes, seq);
  }

  /** What `decide` answers is appended in one transaction; it sees the state no other append can come before. */
  tryAppend(actor: string, decide: Decide, from?: FromIntent): Promise<Appended> {
    const job = this.#queue.then(() => this.#appendToNewest(actor, decide, from));
    this.#queue = job.catch(() => undefined);
    return job;
  }

  /** Another process may append between our reading and our writing; what a command did must not be lost over that. */
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

  /** The row knows what a damaged event said of the incident; only its end is new to it. */
  #listed(after: IncidentState, drafts: readonly Draft[]): SummaryChange {
    const change = this.#summarise(after);
    if (!this.unread.damaged) return change;
    const { status } = change;
    const ends = drafts.some(({ kind }) => kind === 'incident.resolved' || kind === 'incident.closed');
    return ends && status !== undefined ? { status } : {};
  }

  /** Reads what another process appended. Answers true when there was anything. */
  catchUp(): boolean {
    const events = this.#store.events(this.incidentId, this.#envelopes.at(-1)?.seq ?? 0);
    this.#take(events);
    return events.length > 0;
  }

  /** Called with new events, in order, after they are on disk. Answers the function that ends it. */
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

  /** Two copies that both go on could never be one again. */
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
      // What is on disk has happened: a window that can no longer be told must not break what follows from it.
      try {
        follower(shown);
      } catch {
        // It asks again from its last event when it can.
      }
    }
  }
}
