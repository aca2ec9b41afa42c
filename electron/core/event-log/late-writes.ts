/** Writes events that may come late: those that the store refuses are kept in order and written with the next ones. */
import type { Draft } from '#shared/incident/event.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import { written } from './storage-health.ts';

/** An event that is written late has the time it happened as `occurredAt`. */
export class LateWrites {
  #context: IncidentContext;
  #kept: Draft[] = [];

  constructor(context: IncidentContext) {
    this.#context = context;
  }

  /** Writes the event now or later. Does not reject for store errors that may pass. */
  async add(draft: Draft): Promise<void> {
    const at = this.#context.eventLog.now();
    this.#kept.push(draft);
    if (await this.flush()) return;
    this.#kept = this.#kept.map((each) => (each === draft ? { ...each, occurredAt: at } : each));
  }

  /** Writes what is kept. False: the store refused it. */
  async flush(): Promise<boolean> {
    const now = this.#kept;
    if (now.length === 0) return true;
    const taken = await written(this.#context, () => this.#context.eventLog.tryAppend(ROLLBOOK, now));
    if (taken) this.#kept = this.#kept.slice(now.length);
    return taken;
  }
}
