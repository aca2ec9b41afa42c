/** Probes on their way to the timeline: written down together once a minute, and at once when the answer turns. */
import type { Sample } from '#shared/incident/after-events.ts';
import { ROLLBOOK, type Scene } from './scene.ts';

/** Of the incident's clock. */
const WRITE_EVERY_MS = 60_000;

export interface SampleLog {
  add(sample: Sample): Promise<void>;
  /** Writes down what is left. */
  end(): Promise<void>;
}

export function sampleLog(scene: Scene, purpose: 'watch' | 'symptom', target: string): SampleLog {
  let kept: Sample[] = [];
  let wasOk: boolean | null = null;
  const write = async (): Promise<void> => {
    if (kept.length === 0) return;
    const samples = kept;
    kept = [];
    await scene.journal.append(ROLLBOOK, [{ kind: 'probe.sampled', payload: { purpose, target, samples } }]);
  };
  return {
    async add(sample) {
      kept.push(sample);
      const due = sample.at - (kept[0]?.at ?? sample.at) >= WRITE_EVERY_MS;
      const turned = wasOk !== sample.ok;
      wasOk = sample.ok;
      if (turned || due) await write();
    },
    end: write,
  };
}
