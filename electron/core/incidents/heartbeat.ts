/** The sign of life of this process in the leases it holds: one write for all of them, none while it holds none. */
import type { Timers } from '#core/ports.ts';
import type { Leases } from '#core/store/leases.ts';

/** Milliseconds of wall time between two signs of life. */
const EVERY_MS = 5_000;

export interface Held {
  /** After each sign of life. `ours` false: another process has taken the incident. */
  told(ours: boolean): Promise<void>;
  /** The store did not take the sign of life, or `told` failed; it is tried again with the next one. */
  failed(thrown: unknown): void;
}

export class Heartbeat {
  #leases: Pick<Leases, 'heartbeat'>;
  #timers: Pick<Timers, 'every'>;
  #held = new Map<string, Held>();
  #stop: (() => void) | null = null;

  constructor(leases: Pick<Leases, 'heartbeat'>, timers: Pick<Timers, 'every'>) {
    this.#leases = leases;
    this.#timers = timers;
  }

  /** From now on the incident's lease is kept alive. Answers how to end that. */
  keep(incidentId: string, held: Held): () => void {
    this.#held.set(incidentId, held);
    this.#stop ??= this.#timers.every(EVERY_MS, () => void this.#beat());
    return () => {
      if (this.#held.get(incidentId) === held) this.#held.delete(incidentId);
      if (this.#held.size > 0) return;
      this.#stop?.();
      this.#stop = null;
    };
  }

  async #beat(): Promise<void> {
    const before = [...this.#held];
    const ours = this.#leases.heartbeat();
    await Promise.all(
      before.map(async ([incidentId, held]) => {
        try {
          const isOurs = (await ours).has(incidentId);
          // Given up meanwhile, and perhaps taken again: then the next sign of life tells.
          if (this.#held.get(incidentId) === held) await held.told(isOurs);
        } catch (thrown) {
          held.failed(thrown);
        }
      }),
    );
  }
}
