/** One incident this process steers: takes intents, performs their effects, and lets go in order. */
import type { Envelope } from '#shared/incident/envelope.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { toFailure } from '#shared/contract/result.ts';
import { planFor } from './acts/table.ts';
import { captureEvidence } from './capture.ts';
import { recover } from './recovery.ts';
import type { Plan, Scene } from './scene.ts';

/** Milliseconds of wall time between two signs of life in the lease. */
const HEARTBEAT_MS = 5_000;

export class OpenIncident {
  readonly scene: Scene;
  #letGo: AbortController;
  #effects = new Set<Promise<void>>();
  /** Kept apart from the effects: nothing that was asked for waits for it. */
  #capture: Promise<void> = Promise.resolve();
  #heartbeat: NodeJS.Timeout | undefined;
  #report: (line: string) => void;

  constructor(scene: Scene, letGo: AbortController, report: (line: string) => void) {
    this.scene = scene;
    this.#letGo = letGo;
    this.#report = report;
  }

  /** True while this process holds the lease: only then intents are taken. */
  get steering(): boolean {
    return this.#heartbeat !== undefined;
  }

  /** Takes the lease and finds out what became of anything that was under way. Code: `lease-held`. */
  async steer(): Promise<void> {
    const { leases, session } = this.scene.store;
    // Somebody may have taken it over since the last sign of life.
    if (this.steering && leases.holder(this.scene.incidentId)?.session !== session) this.#stopSteering();
    if (this.steering) return;
    await leases.take(this.scene.incidentId);
    this.#begin();
  }

  /** Takes the lease from whoever has it; the event says from whom and why. */
  async takeOver(reason: string, actor: string): Promise<void> {
    if (this.steering) return;
    const { from } = await this.scene.store.leases.takeOver(this.scene.incidentId);
    const fromSession = from?.session ?? 'nobody';
    await this.scene.journal.append(actor, [{ kind: 'lease.taken', payload: { fromSession, reason } }]);
    this.#begin();
  }

  #begin(): void {
    const beat = async (): Promise<void> => {
      const ours = await this.scene.store.leases.heartbeat(this.scene.incidentId);
      if (!ours) this.#stopSteering();
    };
    this.#heartbeat = setInterval(() => void beat().catch((thrown) => this.#say(thrown)), HEARTBEAT_MS);
    this.#heartbeat.unref();
    this.scene.journal.catchUp();
    this.#perform(() => recover(this.scene));
  }

  /**
   * Commits the intent, then performs it in the background. A repeat answers with the first result and performs nothing.
   * Codes: `conflict`, `not-allowed`, `lease-held`, and those of the store.
   */
  async act(
    intent: Intent,
    actor: string,
    intentId: string,
    expectedSeq: number,
  ): Promise<{ seq: number; repeated: boolean }> {
    await this.steer();
    let plan: Plan = { drafts: [] };
    const result = await this.scene.journal.append(
      actor,
      () => {
        plan = planFor(this.scene, intent, actor);
        return plan.drafts;
      },
      { intentId, expectedSeq },
    );
    if (!result.repeated && plan.effect !== undefined) this.#perform(plan.effect);
    return result;
  }

  follow(listener: (events: readonly Envelope[]) => void): () => void {
    return this.scene.journal.follow(listener);
  }

  /** Begins to keep what the service says of itself; returns at once. */
  capture(): void {
    const { service } = this.scene.journal.state.declared;
    this.#capture = captureEvidence(this.scene, service).catch((thrown: unknown) => this.#say(thrown));
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
    this.#letGo.abort();
    await this.#capture;
    this.#stopSteering();
    await this.scene.store.leases.release(this.scene.incidentId).catch((thrown) => this.#say(thrown));
  }

  #stopSteering(): void {
    clearInterval(this.#heartbeat);
    this.#heartbeat = undefined;
  }

  #perform(effect: () => Promise<void>): void {
    const job = effect().catch((thrown: unknown) => {
      if (!this.#letGo.signal.aborted) this.#say(thrown);
    });
    this.#effects.add(job);
    void job.finally(() => this.#effects.delete(job));
  }

  /** An effect that could not even be written down: there is only the log left to say so. */
  #say(thrown: unknown): void {
    const { code, message } = toFailure(thrown);
    this.#report(`incident ${this.scene.incidentId}: ${code}: ${message}`);
  }
}
