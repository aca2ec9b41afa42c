/** One incident this process steers: takes intents, performs their effects, and lets go in order. */
import { type Failure, RollbookError, toFailure } from '#shared/contract/result.ts';
import type { Envelope } from '#shared/incident/envelope.ts';
import type { Draft } from '#shared/incident/event.ts';
import { handedOverText } from '#shared/incident/handover.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { decidedAt } from '#shared/incident/staleness.ts';
import type { Acted, IncidentContext, Plan } from '#core/engine/incident-context.ts';
import type { FromIntent } from '#core/event-log/event-log.ts';
import { type LateWrites, lateWrites } from '#core/event-log/late-writes.ts';
import { LeaseLost, type LeaseScope } from '#core/event-log/lease-scope.ts';
import { mayPass, takesNothing, unlessUnwritten } from '#core/event-log/storage-health.ts';
import { captureEvidence } from './capture.ts';
import type { Heartbeat } from './heartbeat.ts';
import { mustBeKnown, mustNotChange, planFor } from './intent-handlers/table.ts';
import { recover, resumeWatch } from './recovery.ts';
import { probeSymptom } from './symptom-watch.ts';
import { actOnDamaged, actWithoutStore, writeKeptActs } from './without-store.ts';

export class OpenIncident {
  readonly context: IncidentContext;
  /** What happened beside every act, and was not asked for. */
  #lateWrites: LateWrites;
  #leaseScope: LeaseScope;
  #effects = new Set<Promise<void>>();
  #background = new Set<Promise<void>>();
  /** Kept apart from the effects: nothing that was asked for waits for it. */
  #capture: Promise<void> = Promise.resolve();
  /** Ends the sign of life; there while this process steers. */
  #stopHeartbeat: (() => void) | undefined;
  #heartbeat: Heartbeat;
  #taking: Promise<void> | null = null;
  /** The hold under which the symptom is being probed: once under each. */
  #probing: AbortSignal | null = null;
  /** What broke off something that was under way here; null: nothing did. */
  #failure: Failure | null = null;
  #closing = new AbortController();
  #probe: Promise<void> = Promise.resolve();
  #recovering: Promise<Failure | null> | null = null;
  #report: (line: string) => void;

  constructor(context: IncidentContext, leaseScope: LeaseScope, heartbeat: Heartbeat, report: (line: string) => void) {
    this.context = context;
    this.#lateWrites = lateWrites(context);
    this.#heartbeat = heartbeat;
    this.#leaseScope = leaseScope;
    this.#report = report;
    context.eventLog.follow((events) => {
      // Taken over by another process: what was under way here is from now on theirs to tell.
      const taken = events.some(({ kind, session }) => kind === 'lease.taken' && session !== context.store.session);
      if (taken) this.#stopSteering();
    });
    let told: string | null = null;
    context.storageHealth.follow((problem) => {
      if (problem !== null && problem.message !== told) report(`incident ${context.incidentId}: ${problem.message}`);
      told = problem?.message ?? null;
      if (problem === null) void this.#lateWrites.flush().catch((thrown: unknown) => this.#reportError(thrown));
    });
  }

  /** True while this process holds the lease: only then intents are taken. */
  get steering(): boolean {
    return this.#stopHeartbeat !== undefined;
  }

  /** Something of it needs this process: a command, an act, a watch, a capture, or what could not be written down yet. */
  get busy(): boolean {
    const { running, storageHealth } = this.context;
    const underWay = this.#effects.size + this.#background.size + running.size > 0 || this.#taking !== null;
    return underWay || this.#failure !== null || storageHealth.problem !== null || storageHealth.acts.list.length > 0;
  }

  /** Takes the lease and finds out what became of anything that was under way. Codes: `lease-held`, `read-only`. */
  async steer(): Promise<void> {
    const { leases, session } = this.context.store;
    // Somebody may have taken it over since the last sign of life.
    if (this.steering && leases.holder(this.context.incidentId)?.session !== session) this.#stopSteering();
    if (this.steering) return;
    this.#mustNotBeHandedOver();
    // Two windows may ask at once: the lease is taken, and what was under way looked for, only once.
    this.#taking ??= leases
      .take(this.context.incidentId)
      .then(() => this.#begin())
      .finally(() => {
        this.#taking = null;
      });
    await this.#taking;
  }

  /** Takes the lease from whoever has it; the event says from whom and why. */
  async takeOver(reason: string, actor: string): Promise<void> {
    if (this.steering) return;
    this.#mustNotBeHandedOver();
    const { from } = await this.context.store.leases.takeOver(this.context.incidentId);
    const fromSession = from?.session ?? 'nobody';
    await this.context.eventLog.tryAppend(actor, [{ kind: 'lease.taken', payload: { fromSession, reason } }]);
    this.#begin();
  }

  /** Goes on with an incident that came back or from elsewhere; nothing happens when somebody here did so already. */
  async takeOn(taken: Draft, actor: string): Promise<void> {
    this.context.eventLog.catchUp();
    this.context.eventLog.unread.mustBeNone();
    if (this.context.eventLog.state.handedOver === null) return;
    await this.context.store.leases.takeOver(this.context.incidentId);
    const { seq } = this.context.eventLog.state;
    const after = await this.context.eventLog.tryAppend(actor, (state) => (state.handedOver === null ? [] : [taken]));
    if (after.seq > seq) this.#begin();
  }

  /** Code: `read-only`. */
  #mustNotBeHandedOver(): void {
    this.context.eventLog.unread.mustBeNone();
    const why = handedOverText(this.context.eventLog.state);
    if (why === null) return;
    const message = `Incident ${this.context.incidentId} can only be read here: ${why}.`;
    throw new RollbookError('read-only', message, 'Import the bundle with `rollbook handover import`.');
  }

  #begin(): void {
    this.#stopHeartbeat?.();
    this.#leaseScope.take();
    this.#closing = new AbortController();
    this.#stopHeartbeat = this.#heartbeat.keep(this.context.incidentId, {
      told: async (ours) => {
        if (!ours) return this.#stopSteering();
        // The store takes writes again: nobody has to act first.
        await this.#lateWrites.flush();
        await this.#recoverUnwritten();
        await writeKeptActs(this.context);
      },
      // What the store does not take is told already.
      failed: (thrown) => this.context.storageHealth.problem === null && this.#reportError(thrown),
    });
    this.context.eventLog.catchUp();
    // Given under an earlier hold: another holder may have been given others since.
    this.context.secretsGiven.clear();
    this.#perform(() => recover(this.context));
    this.#perform(() => resumeWatch(this.context));
    void this.#inBackground(() => writeKeptActs(this.context));
    if (this.#probing === this.#leaseScope.signal) return;
    this.#probing = this.#leaseScope.signal;
    const left = this.#closing.signal;
    this.#probe = this.#whileHeld(() => probeSymptom(this.context, left));
  }

  /**
   * Commits the intent, then performs it in the background. A repeat answers with the first result and performs nothing.
   * When the store takes nothing, what only says something is kept and committed later, commands that only read run, a
   * command is stopped; `refuse`: nothing is, for who goes on from what is on the timeline. Codes: `conflict`,
   * `not-allowed`, `lease-held`, and those of the store.
   */
  async act(
    intent: Intent,
    actor: string,
    intentId: string,
    expectedSeq: number,
    whenUnwritten: 'keep' | 'refuse' = 'keep',
  ): Promise<Acted> {
    try {
      return await this.#act(intent, actor, { intentId, expectedSeq: decidedAt(intent, expectedSeq) });
    } catch (thrown) {
      // What is kept is written by who steers, and an incident with damaged events is not steered.
      if (!takesNothing(thrown) || this.context.eventLog.unread.damaged) throw thrown;
      this.context.storageHealth.report(thrown);
      const perform = (effect: () => Promise<void>): void => this.#perform(effect);
      if (whenUnwritten === 'refuse' || !(await actWithoutStore(this.context, intent, actor, intentId, perform)))
        throw thrown;
      return { seq: this.context.eventLog.state.seq, repeated: false, kept: true };
    }
  }

  async #act(intent: Intent, actor: string, from: FromIntent): Promise<Acted> {
    mustNotChange(intent, this.context.onlyReads);
    if (this.context.eventLog.unread.damaged)
      return { ...(await actOnDamaged(this.context, intent, actor, from)), kept: false };
    await this.steer();
    mustBeKnown(intent, await this.#recoverUnwritten());
    await writeKeptActs(this.context);
    let plan: Plan = { drafts: [] };
    const decide = (): readonly Draft[] => (plan = planFor(this.context, intent, actor)).drafts;
    const result = await this.context.eventLog.tryAppend(actor, decide, from);
    if (!result.repeated && plan.effect !== undefined) this.#perform(plan.effect);
    if (!result.repeated && plan.background !== undefined) void this.#inBackground(plan.background);
    return { ...result, kept: false };
  }

  follow(listener: (events: readonly Envelope[]) => void): () => void {
    return this.context.eventLog.follow(listener);
  }

  /** Written down now, or as soon as the store takes it. Never rejects: what cannot be written at all is reported. */
  async note(happened: Draft): Promise<void> {
    await this.#lateWrites.add(happened).catch((thrown: unknown) => this.#reportError(thrown));
  }

  /** Begins to keep what the service says of itself; returns at once. */
  capture(): void {
    const { service } = this.context.eventLog.state.declared;
    this.#capture = this.#inBackground(() => captureEvidence(this.context, service));
  }

  /** Resolves when the evidence of the declaration is on disk. */
  captured(): Promise<void> {
    return this.#capture;
  }

  /** Resolves when nothing that was asked for is under way any more. */
  async settled(): Promise<void> {
    while (this.#effects.size > 0) await Promise.allSettled(this.#effects);
  }

  /** Ends watches and waiting; a changing command goes on under its keeper and is found at the next start. */
  async close(): Promise<void> {
    // First, while it can still be written: what was probed last.
    this.#closing.abort();
    await unlessUnwritten(this.context, this.#probe).catch(() => undefined);
    this.#stopSteering();
    await Promise.allSettled([...this.#background, this.#probe]);
    const { runs, evidence } = this.context.eventLog.state;
    const captured = evidence.flatMap((each) => (each.kind === 'captured' ? [each.evidenceId] : []));
    this.context.outputs.forget([...runs.keys(), ...captured]);
    await this.context.store.leases
      .release(this.context.incidentId)
      // What the store does not take is told already.
      .catch((thrown: unknown) => this.context.storageHealth.problem === null && this.#reportError(thrown));
  }

  #stopSteering(): void {
    this.#stopHeartbeat?.();
    this.#stopHeartbeat = undefined;
    this.#leaseScope.end();
  }

  /**
   * Something ended that could not be written down (a full disk, say): it is looked for before anything else is done.
   * Answers why it could not be found out; null when all is known.
   */
  async #recoverUnwritten(): Promise<Failure | null> {
    if (this.#recovering === null && (this.#failure === null || this.#effects.size > 0)) return null;
    this.#recovering ??= this.#recover().finally(() => {
      this.#recovering = null;
    });
    // Whoever acts is told at once that nothing can be written; it is taken up when it can.
    return await unlessUnwritten(this.context, this.#recovering);
  }

  async #recover(): Promise<Failure | null> {
    try {
      await recover(this.context, this.#failure);
    } catch (thrown) {
      // A store that takes no writes takes no note either.
      if (mayPass(thrown) || thrown instanceof LeaseLost) throw thrown;
      this.#reportError(thrown);
      return toFailure(thrown);
    }
    this.#failure = null;
    this.context.storageHealth.clear();
    // Nobody who acts now has to wait until its time is over.
    this.#perform(() => resumeWatch(this.context));
    return null;
  }

  #perform(effect: () => Promise<void>): void {
    const { signal } = this.#leaseScope;
    const job = effect().catch((thrown: unknown) => {
      if (signal.aborted || thrown instanceof LeaseLost) return;
      this.#failure = toFailure(thrown);
      this.context.storageHealth.report(thrown);
      if (this.context.storageHealth.problem === null) this.#reportError(thrown);
    });
    this.#effects.add(job);
    void job.finally(() => this.#effects.delete(job));
  }

  /** Kept apart from the effects: nobody waits for it but the closing. */
  #inBackground(work: () => Promise<void>): Promise<void> {
    const job = this.#whileHeld(work);
    this.#background.add(job);
    return job.finally(() => this.#background.delete(job));
  }

  /** What it fails with once the hold is gone is nobody's trouble here. */
  #whileHeld(work: () => Promise<void>): Promise<void> {
    const { signal } = this.#leaseScope;
    return work().catch((thrown: unknown) => {
      if (!signal.aborted) this.#reportError(thrown);
    });
  }

  /** An effect that could not even be written down: there is only the log left to say so. */
  #reportError(thrown: unknown): void {
    const { code, message } = toFailure(thrown);
    this.#report(`incident ${this.context.incidentId}: ${code}: ${message}`);
  }
}
