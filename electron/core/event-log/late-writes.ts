/** Writes events that may come late: those that the store refuses are kept in order and written with the next ones. */
import type { Draft } from '#shared/incident/event.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import { written } from './storage-health.ts';

export interface LateWrites {
  /** Writes the event now or later. Does not reject for store errors that may pass. */
  add(draft: Draft): Promise<void>;
  /** Writes what is kept. False: the store refused it. */
  flush(): Promise<boolean>;
}

/** An event that is written late has the time it happened as `occurredAt`. */
export function lateWrites(context: IncidentContext): LateWrites {
  let kept: Draft[] = [];
  const flush = async (): Promise<boolean> => {
    const now = kept;
    if (now.length === 0) return true;
    const taken = await written(context, () => context.eventLog.tryAppend(ROLLBOOK, now));
    if (taken) kept = kept.slice(now.length);
    return taken;
  };
  return {
    async add(draft) {
      const at = context.eventLog.now();
      kept.push(draft);
      if (await flush()) return;
      kept = kept.map((each) => (each === draft ? { ...each, occurredAt: at } : each));
    },
    flush,
  };
}
