/** Writes probe results to the timeline in batches, and at once when an answer changes between good and bad. */
import type { Sample } from '#shared/incident/topics/watch-events.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import { written } from './storage-health.ts';

/** Incident clock. */
const WRITE_EVERY_MS = 60_000;

/** What the samples are of. */
interface Sampled {
  readonly purpose: 'watch' | 'symptom';
  /** The service that is watched, or the address of the symptom probe. */
  readonly target: string;
}

export class SampleLog {
  #context: IncidentContext;
  #sampled: Sampled;
  #writeEveryMs: number;
  #kept: Sample[] = [];
  #wasOk: boolean | null = null;

  /** `writeEveryMs`: incident clock, one minute by default. */
  constructor(context: IncidentContext, sampled: Sampled, writeEveryMs = WRITE_EVERY_MS) {
    this.#context = context;
    this.#sampled = sampled;
    this.#writeEveryMs = writeEveryMs;
  }

  /** Adds a sample. Samples that the store refuses are written with the next ones. */
  async add(sample: Sample): Promise<void> {
    this.#context.liveProbes.tell({ ...this.#sampled, sample });
    this.#kept.push(sample);
    const due = sample.at - (this.#kept[0]?.at ?? sample.at) >= this.#writeEveryMs;
    const turned = this.#wasOk !== sample.ok;
    this.#wasOk = sample.ok;
    if (turned || due) await this.flush();
  }

  /** Writes the remaining samples. False: the store refused them. */
  async flush(): Promise<boolean> {
    if (this.#kept.length === 0) return true;
    const samples = this.#kept;
    this.#kept = [];
    const draft = { kind: 'probe.sampled', payload: { ...this.#sampled, samples } } as const;
    const taken = await written(this.#context, () => this.#context.eventLog.tryAppend(ROLLBOOK, [draft]));
    if (!taken) this.#kept = [...samples, ...this.#kept];
    return taken;
  }
}
