/** Writes probe results to the timeline in batches, and at once when an answer changes between good and bad. */
import type { Sample } from '#shared/incident/topics/watch-events.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import { written } from './storage-health.ts';

/** Incident clock. */
const WRITE_EVERY_MS = 60_000;

export interface SampleLog {
  /** Adds a sample. Samples that the store refuses are written with the next ones. */
  add(sample: Sample): Promise<void>;
  /** Writes the remaining samples. False: the store refused them. */
  end(): Promise<boolean>;
}

/** `writeEveryMs`: incident clock, one minute by default. */
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
      context.liveProbes.tell({ purpose, target, sample });
      kept.push(sample);
      const due = sample.at - (kept[0]?.at ?? sample.at) >= writeEveryMs;
      const turned = wasOk !== sample.ok;
      wasOk = sample.ok;
      if (turned || due) await write();
    },
    end: write,
  };
}
