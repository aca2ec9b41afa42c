/**
 * One open incident: holds its lease ("steers" it), handles intents, performs their effects, and ends its work in order.
 */
import { type Failure, RollbookError, toFailure } from '#shared/api/result.ts';
import type { Envelope, Draft } from '#shared/incident/event.ts';
import { handedOverText } from '#shared/incident/topics/handover.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { decidedAt } from '#shared/incident/staleness.ts';
import type { Acted, IncidentContext, Plan } from '#core/engine/incident-context.ts';
import type { FromIntent } from '#core/event-log/event-log.ts';
import { LateWrites } from '#core/event-log/late-writes.ts';
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
  /** Events that no intent caused, such as clock jumps. */
  #lateWrites: LateWrites;
  #leaseScope: LeaseScope;
  #effects = new Set<Promise<void>>();
  #background = new Set<Promise<void>>();
  /** Evidence of the declaration. Not an effect, because `settled` must not wait for it. */
  #capture: Promise<void> = Promise.resolve();
  /** Set while this process holds the lease. */
  #stopHeartbeat: (() => void) | undefined;
  #heartbeat: Heartbeat;
  #taking: Promise<void> | null = null;
  /** The lease signal under which the symptom is probed, so that it is probed once per lease. */
  #probing: AbortSignal | null = null;
  /** The error that broke off an effect; null: none did. */
  #failure: Failure | null = null;
  #closing = new AbortController();
  #probe: Promise<void> = Promise.resolve();
  #recovering: Promise<Failure | null> | null = null;
  #report: (line: string) => void;

  constructor(context: IncidentContext, leaseScope: LeaseScope, heartbeat: Heartbeat, report: (line: string) => void) {
    this.context = context;
    this.#lateWrites = new LateWrites(context);
    this.#heartbeat = heartbeat;
    this.#leaseScope = leaseScope;
    this.#report = report;
    context.eventLog.follow((events) => {
      // Another process took the lease and continues the work.
      const taken = events.some(({ kind, session }) => kind === 'lease.taken' && session !== context.store.session);
      if (taken) this.#stopSteering();
    });
    let lastReported: string | null = null;
    context.storageHealth.follow((problem) => {
      if (problem !== null && problem.message !== lastReported)
        report(`incident ${context.incidentId}: ${problem.message}`);
      lastReported = problem?.message ?? null;
      if (problem === null) void this.#lateWrites.flush().catch((thrown: unknown) => this.#reportError(thrown));
    });
  }

  /** True while this process holds the lease. Only then are intents handled. */
  get steering(): boolean {
    return this.#stopHeartbeat !== undefined;
  }

  /** True while the incident needs this process: for a command, an action, a watch, a capture, or unwritten events. */
  get busy(): boolean {
    const { running, storageHealth } = this.context;
    const underWay = this.#effects.size + this.#background.size + running.size > 0 || this.#taking !== null;
    return underWay || this.#failure !== null || storageHealth.problem !== null || storageHealth.acts.list.length > 0;
  }

  /** Takes the lease and recovers the work that was interrupted. Codes: `lease-held`, `read-only`. */
  async steer(): Promise<void> {
    const { leases, session } = this.context.store;
    // Another process may have taken it over since the last heartbeat.
    if (this.steering && leases.holder(this.context.incidentId)?.session !== session) this.#stopSteering();
    if (this.steering) return;
    this.#mustNotBeHandedOver();
    // Two windows may call this at once: take the lease and recover only once.
    this.#taking ??= leases
      .take(this.context.incidentId)
      .then(() => this.#begin())
      .finally(() => {
        this.#taking = null;
      });
    await this.#taking;
  }

  /** Takes the lease from its holder, and records from whom and why. */
  async takeOver(reason: string, actor: string): Promise<void> {
    if (this.steering) return;
    this.#mustNotBeHandedOver();
    const { from } = await this.context.store.leases.takeOver(this.context.incidentId);
    const fromSession = from?.session ?? 'nobody';
    await this.context.eventLog.tryAppend(actor, [{ kind: 'lease.taken', payload: { fromSession, reason } }]);
    this.#begin();
  }

  /** Continues an incident that was handed over to this machine. Does nothing if that was done already. */
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
      onBeat: async (ours) => {
        if (!ours) return this.#stopSteering();
        // The heartbeat was written, so the store accepts writes again.
        await this.#lateWrites.flush();
        await this.#recoverUnwritten();
        await writeKeptActs(this.context);
      },
      // A problem of the store is reported already.
      onError: (thrown) => this.context.storageHealth.problem === null && this.#reportError(thrown),
    });
    this.context.eventLog.catchUp();
    // Entered under an earlier lease: another process may have been given other values since.
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
   * Commits the intent, then performs its effect in the background. A repeated intent returns the first result and does
   * nothing. `whenUnwritten` is for a store that refuses writes. `keep`: notes and decisions are kept and committed later,
   * read-only commands run, and commands can be stopped. `refuse`: none of that, for callers that depend on the timeline.
   * Codes: `conflict`, `not-allowed`, `lease-held`, and those of the store.
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
      // Kept actions are written by the lease holder, and an incident with damaged events has none.
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

  /** Records something now, or as soon as the store accepts it. Never rejects: errors are logged. */
  async note(happened: Draft): Promise<void> {
    await this.#lateWrites.add(happened).catch((thrown: unknown) => this.#reportError(thrown));
  }

  /** Starts capturing evidence about the service and returns at once. */
  capture(): void {
    const { service } = this.context.eventLog.state.declared;
    this.#capture = this.#inBackground(() => captureEvidence(this.context, service));
  }

  /** Resolves when the evidence of the declaration is on disk. */
  captured(): Promise<void> {
    return this.#capture;
  }

  /** Resolves when all effects have ended. */
  async settled(): Promise<void> {
    while (this.#effects.size > 0) await Promise.allSettled(this.#effects);
  }

  /** Ends watches and waits. A changing command continues under its keeper and is found at the next start. */
  async close(): Promise<void> {
    // Write the last probe results while this process still holds the lease.
    this.#closing.abort();
    await unlessUnwritten(this.context, this.#probe).catch(() => undefined);
    this.#stopSteering();
    await Promise.allSettled([...this.#background, this.#probe]);
    const { runs, evidence } = this.context.eventLog.state;
    const captured = evidence.flatMap((each) => (each.kind === 'captured' ? [each.evidenceId] : []));
    this.context.outputs.forget([...runs.keys(), ...captured]);
    await this.context.store.leases
      .release(this.context.incidentId)
      // A problem of the store is reported already.
      .catch((thrown: unknown) => this.context.storageHealth.problem === null && this.#reportError(thrown));
  }

  #stopSteering(): void {
    this.#stopHeartbeat?.();
    this.#stopHeartbeat = undefined;
    this.#leaseScope.end();
  }

  /**
   * Recovers an action whose end could not be recorded, because of a full disk for example, before anything else is done.
   * Returns why that failed; null: everything is known.
   */
  async #recoverUnwritten(): Promise<Failure | null> {
    if (this.#recovering === null && (this.#failure === null || this.#effects.size > 0)) return null;
    this.#recovering ??= this.#recover().finally(() => {
      this.#recovering = null;
    });
    // If nothing can be written, the caller gets the error at once; recovery continues when it can.
    return await unlessUnwritten(this.context, this.#recovering);
  }

  async #recover(): Promise<Failure | null> {
    try {
      await recover(this.context, this.#failure);
    } catch (thrown) {
      // The store may accept writes later: try again then.
      if (mayPass(thrown) || thrown instanceof LeaseLost) throw thrown;
      this.#reportError(thrown);
      return toFailure(thrown);
    }
    this.#failure = null;
    this.context.storageHealth.clear();
    // Runs as an effect, so that the caller does not wait for the whole watch.
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

  /** Runs `work`; only `close` waits for it. */
  #inBackground(work: () => Promise<void>): Promise<void> {
    const job = this.#whileHeld(work);
    this.#background.add(job);
    return job.finally(() => this.#background.delete(job));
  }

  /** Runs `work` and logs its error. Errors after the lease has ended are ignored: the next holder continues the work. */
  #whileHeld(work: () => Promise<void>): Promise<void> {
    const { signal } = this.#leaseScope;
    return work().catch((thrown: unknown) => {
      if (!signal.aborted) this.#reportError(thrown);
    });
  }

  /** Logs an error that cannot be recorded on the timeline. */
  #reportError(thrown: unknown): void {
    const { code, message } = toFailure(thrown);
    this.#report(`incident ${this.context.incidentId}: ${code}: ${message}`);
  }
}
