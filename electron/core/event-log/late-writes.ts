/** Drafts on their way to the timeline: what the store does not take is kept in order, and written with the next one it takes. */
import type { Draft } from '#shared/incident/event.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import { written } from './storage-health.ts';

export interface LateWrites {
  /** Never rejects for trouble of the store that may pass. */
  add(draft: Draft): Promise<void>;
  /** True when nothing is left to write. */
  flush(): Promise<boolean>;
}

/** Of a draft that was late the timeline tells when it was. */
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
