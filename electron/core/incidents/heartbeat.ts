/** Renews the leases of this process, all in one write, while it holds any. */
import type { Timers } from '#core/ports.ts';
import type { Leases } from '#core/store/leases.ts';

/** Time between two heartbeats, ms of wall time. */
const EVERY_MS = 5_000;

export interface LeaseListener {
  /** Called after each heartbeat. `ours` false: another process has taken the lease. */
  onBeat(ours: boolean): Promise<void>;
  /** Called when the heartbeat could not be written, or `onBeat` failed. The next heartbeat tries again. */
  onError(thrown: unknown): void;
}

export class Heartbeat {
  #leases: Pick<Leases, 'heartbeat'>;
  #timers: Pick<Timers, 'every'>;
  #listeners = new Map<string, LeaseListener>();
  #stop: (() => void) | null = null;

  constructor(leases: Pick<Leases, 'heartbeat'>, timers: Pick<Timers, 'every'>) {
    this.#leases = leases;
    this.#timers = timers;
  }

  /** Keeps the incident's lease alive. Returns the function that stops this. */
  keep(incidentId: string, listener: LeaseListener): () => void {
    this.#listeners.set(incidentId, listener);
    this.#stop ??= this.#timers.every(EVERY_MS, () => void this.#beat());
    return () => {
      if (this.#listeners.get(incidentId) === listener) this.#listeners.delete(incidentId);
      if (this.#listeners.size > 0) return;
      this.#stop?.();
      this.#stop = null;
    };
  }

  async #beat(): Promise<void> {
    const before = [...this.#listeners];
    const ours = this.#leases.heartbeat();
    await Promise.all(
      before.map(async ([incidentId, listener]) => {
        try {
          const isOurs = (await ours).has(incidentId);
          // Skipped if the lease was released, or released and taken again, meanwhile.
          if (this.#listeners.get(incidentId) === listener) await listener.onBeat(isOurs);
        } catch (thrown) {
          listener.onError(thrown);
        }
      }),
    );
  }
}
