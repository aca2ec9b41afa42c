/**
 * The incidents that are open in this process. One stays open while somebody holds it (a window that follows it, a call)
 * and while something of it goes on; a moment later it is let go: its lease, probes, readers and memory.
 */
import type { Timers } from '#core/ports.ts';
import type { OpenIncident } from './open-incident.ts';

/** Milliseconds of wall time: a page that is loaded again comes back sooner, and must not be asked for its secrets anew. */
const LET_GO_AFTER_MS = 5_000;

export interface Hold {
  readonly incident: OpenIncident;
  /** May be called more than once. */
  readonly end: () => void;
}

interface Place {
  readonly opening: Promise<OpenIncident>;
  ready: OpenIncident | null;
  holders: number;
  /** Cancels the next look at whether it can be let go. */
  cancel: () => void;
}

const nothing = (): void => undefined;

export class OpenIncidents {
  #build: (incidentId: string) => Promise<OpenIncident>;
  #timers: Pick<Timers, 'after'>;
  #gone: (incidentId: string) => void;
  #places = new Map<string, Place>();
  /** Those being let go: one that is wanted again waits until its lease is free. */
  #leaving = new Map<string, Promise<void>>();
  #closed = false;

  /** `gone`: told when one was let go. */
  constructor(
    build: (incidentId: string) => Promise<OpenIncident>,
    timers: Pick<Timers, 'after'>,
    gone: (incidentId: string) => void,
  ) {
    this.#build = build;
    this.#timers = timers;
    this.#gone = gone;
  }

  /** Opens it when it was not yet, and keeps it open until the hold ends. Code: `not-found`. */
  async hold(incidentId: string): Promise<Hold> {
    const place = this.#places.get(incidentId) ?? this.#open(incidentId);
    place.holders += 1;
    place.cancel();
    let ended = false;
    const end = (): void => {
      if (ended) return;
      ended = true;
      place.holders -= 1;
      if (place.holders === 0) this.#lookLater(incidentId, place);
    };
    return { incident: await place.opening, end };
  }

  /** Lets go of it now, whoever holds it. */
  async forget(incidentId: string): Promise<void> {
    const place = this.#places.get(incidentId);
    if (place === undefined) return await this.#leaving.get(incidentId);
    place.cancel();
    this.#leave(incidentId, place.opening);
    await this.#leaving.get(incidentId);
  }

  get(incidentId: string): OpenIncident | null {
    return this.#places.get(incidentId)?.ready ?? null;
  }

  get all(): readonly OpenIncident[] {
    return [...this.#places.values()].flatMap(({ ready }) => ready ?? []);
  }

  /** Those being opened included. */
  async opened(): Promise<readonly OpenIncident[]> {
    await Promise.allSettled([...this.#places.values()].map(({ opening }) => opening));
    return this.all;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { cancel } of this.#places.values()) cancel();
    for (const incident of await this.opened()) await incident.close();
    await Promise.all(this.#leaving.values());
  }

  #open(incidentId: string): Place {
    const left = this.#leaving.get(incidentId);
    const built = left === undefined ? this.#build(incidentId) : left.then(() => this.#build(incidentId));
    const place: Place = { opening: built, ready: null, holders: 0, cancel: nothing };
    this.#places.set(incidentId, place);
    void this.#noteReady(incidentId, place);
    return place;
  }

  async #noteReady(incidentId: string, place: Place): Promise<void> {
    try {
      place.ready = await place.opening;
    } catch {
      // Whoever wanted it is told why; the next one tries anew.
      this.#places.delete(incidentId);
    }
  }

  #lookLater(incidentId: string, place: Place): void {
    if (this.#closed) return;
    const cancel = this.#timers.after(LET_GO_AFTER_MS, () => {
      place.cancel = nothing;
      if (place.ready?.busy === true) this.#lookLater(incidentId, place);
      else if (place.ready !== null) this.#leave(incidentId, place.opening);
    });
    place.cancel = () => {
      cancel();
      place.cancel = nothing;
    };
  }

  #leave(incidentId: string, opening: Promise<OpenIncident>): void {
    this.#places.delete(incidentId);
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
