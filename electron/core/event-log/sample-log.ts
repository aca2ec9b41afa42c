/** Probes on their way to the timeline: written down together now and then, and at once when the answer turns. */
import type { Sample } from '#shared/incident/topics/watch-events.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import { written } from './storage-health.ts';

/** Of the incident's clock. */
const WRITE_EVERY_MS = 60_000;

export interface SampleLog {
  /** What the store does not take now is kept, and written with what comes next. */
  add(sample: Sample): Promise<void>;
  /** Writes down what is left; false when the store did not take it. */
  end(): Promise<boolean>;
}

/** `writeEveryMs`: of the incident's clock; a minute unless told. */
export function sampleLog(
  context: IncidentContext,
  purpose: 'watch' | 'symptom',
  target: string,
  writeEveryMs = WRITE_EVERY_MS,
): SampleLog {
  let kept: Sample[] = [];
  let wasOk: boolean | null = null;
  const write = async (): Promise<boolean> => {
    if (kept.length === 0) return true;
    const samples = kept;
    kept = [];
    const draft = { kind: 'probe.sampled', payload: { purpose, target, samples } } as const;
    const taken = await written(context, () => context.eventLog.tryAppend(ROLLBOOK, [draft]));
    if (!taken) kept = [...samples, ...kept];
    return taken;
  };
  return {
    async add(sample) {
      kept.push(sample);
      const due = sample.at - (kept[0]?.at ?? sample.at) >= writeEveryMs;
      const turned = wasOk !== sample.ok;
      wasOk = sample.ok;
      if (turned || due) await write();
    },
    end: write,
  };
}
