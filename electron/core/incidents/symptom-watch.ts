/** Asks the symptom probe from the declaration until the incident is resolved. It reads only, and nothing waits for it. */
import { probedAddress } from '#shared/incident/symptom-probe.ts';
import { GripLost, whileHeld } from './grip.ts';
import { describeAnswer, isHealthy } from './proof.ts';
import { sampleLog } from './sample-log.ts';
import type { Scene } from './scene.ts';

const PROBE_EVERY_MS = 15_000;
const PROBE_LIMIT_MS = 5_000;
/** Of the incident's clock: hours of the same answer must not fill the timeline. */
const WRITE_EVERY_MS = 5 * 60_000;

/**
 * Runs until the incident is resolved or this process lets go of it; `left` is told before it does, in time for what was
 * seen last to be written. Every answer is kept; see sampleLog for when.
 */
export async function probeSymptom(scene: Scene, left: AbortSignal): Promise<void> {
  const { journal, letGo } = scene;
  const url = probedAddress(journal.state);
  const isOver = (): boolean => journal.state.resolvedAt !== null || journal.state.handedOver !== null;
  if (url === null || isOver()) return;
  const over = new AbortController();
  const unfollow = journal.follow(() => {
    if (isOver()) over.abort();
  });
  try {
    await probeUntil(scene, url, AbortSignal.any([letGo, left, over.signal]));
  } catch (thrown) {
    if (!(thrown instanceof GripLost)) throw thrown;
  } finally {
    unfollow();
  }
}

async function probeUntil(scene: Scene, url: string, ended: AbortSignal): Promise<void> {
  const { journal, letGo } = scene;
  const { clock, http } = scene.adapter;
  const log = sampleLog(scene, 'symptom', url, WRITE_EVERY_MS);
  try {
    while (!ended.aborted) {
      const answer = await whileHeld(ended, http.get(url, PROBE_LIMIT_MS));
      if (ended.aborted) return;
      const ms = Math.round(answer.ms);
      await log.add({ at: Math.round(clock.now()), ok: isHealthy(answer), ms, detail: describeAnswer(answer) });
      await clock.sleep(PROBE_EVERY_MS, ended);
    }
  } finally {
    // What was seen last is what the report calls "after"; a copy that was handed over takes no more.
    while (!letGo.aborted && journal.state.handedOver === null && !(await log.end())) {
      await clock.sleep(PROBE_EVERY_MS, letGo);
    }
  }
}
