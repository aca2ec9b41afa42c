/**
 * The incidents that are open in this process. An incident stays open while something holds it (a window, a call) and while
 * work in it is running. Five seconds later it is closed: its lease, probes, readers and memory are released.
 */
import type { Timers } from '#core/ports.ts';
import type { OpenIncident } from './open-incident.ts';

/** Wall time, ms. A page that is reloaded comes back sooner, so that its secrets are not asked for again. */
const LET_GO_AFTER_MS = 5_000;

export interface Hold {
  readonly incident: OpenIncident;
  /** May be called more than once. */
  readonly end: () => void;
}

interface Entry {
  readonly opening: Promise<OpenIncident>;
  ready: OpenIncident | null;
  holders: number;
  /** Cancels the next check of whether it can be closed. */
  cancel: () => void;
}

const nothing = (): void => undefined;

export class OpenIncidents {
  #build: (incidentId: string) => Promise<OpenIncident>;
  #timers: Pick<Timers, 'after'>;
  #gone: (incidentId: string) => void;
  #entries = new Map<string, Entry>();
  /** Incidents that are closing. One that is opened again waits until its lease is free. */
  #leaving = new Map<string, Promise<void>>();
  #closed = false;

  /** `gone`: called when an incident was closed. */
  constructor(
    build: (incidentId: string) => Promise<OpenIncident>,
    timers: Pick<Timers, 'after'>,
    gone: (incidentId: string) => void,
  ) {
    this.#build = build;
    this.#timers = timers;
    this.#gone = gone;
  }

  /** Opens the incident if needed, and keeps it open until the hold ends. Code: `not-found`. */
  async hold(incidentId: string): Promise<Hold> {
    const entry = this.#entries.get(incidentId) ?? this.#open(incidentId);
    entry.holders += 1;
    entry.cancel();
    let ended = false;
    const end = (): void => {
      if (ended) return;
      ended = true;
      entry.holders -= 1;
      if (entry.holders === 0) this.#lookLater(incidentId, entry);
    };
    return { incident: await entry.opening, end };
  }

  /** Closes the incident now, whoever holds it. */
  async forget(incidentId: string): Promise<void> {
    const entry = this.#entries.get(incidentId);
    if (entry === undefined) return await this.#leaving.get(incidentId);
    entry.cancel();
    this.#leave(incidentId, entry.opening);
    await this.#leaving.get(incidentId);
  }

  get(incidentId: string): OpenIncident | null {
    return this.#entries.get(incidentId)?.ready ?? null;
  }

  get all(): readonly OpenIncident[] {
    return [...this.#entries.values()].flatMap(({ ready }) => ready ?? []);
  }

  /** All open incidents, after waiting for those that are opening. */
  async opened(): Promise<readonly OpenIncident[]> {
    await Promise.allSettled([...this.#entries.values()].map(({ opening }) => opening));
    return this.all;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { cancel } of this.#entries.values()) cancel();
    for (const incident of await this.opened()) await incident.close();
    await Promise.all(this.#leaving.values());
  }

  #open(incidentId: string): Entry {
    const left = this.#leaving.get(incidentId);
    const built = left === undefined ? this.#build(incidentId) : left.then(() => this.#build(incidentId));
    const entry: Entry = { opening: built, ready: null, holders: 0, cancel: nothing };
    this.#entries.set(incidentId, entry);
    void this.#noteReady(incidentId, entry);
    return entry;
  }

  async #noteReady(incidentId: string, entry: Entry): Promise<void> {
    try {
      entry.ready = await entry.opening;
    } catch {
      // The caller of `hold` gets the error; the next call tries again.
      this.#entries.delete(incidentId);
    }
  }

  #lookLater(incidentId: string, entry: Entry): void {
    if (this.#closed) return;
    const cancel = this.#timers.after(LET_GO_AFTER_MS, () => {
      entry.cancel = nothing;
      if (entry.ready?.busy === true) this.#lookLater(incidentId, entry);
      else if (entry.ready !== null) this.#leave(incidentId, entry.opening);
    });
    entry.cancel = () => {
      cancel();
      entry.cancel = nothing;
    };
  }

  #leave(incidentId: string, opening: Promise<OpenIncident>): void {
    this.#entries.delete(incidentId);
    const closed = opening.then(
      (incident) => incident.close(),
      () => undefined,
    );
    const leaving = closed.finally(() => {
      this.#leaving.delete(incidentId);
      this.#gone(incidentId);
    });
    this.#leaving.set(incidentId, leaving);
  }
}
