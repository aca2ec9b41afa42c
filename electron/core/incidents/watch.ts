/** The watch after a rollback: probes every 15 s; three bad in a row are a regression; foreign releases raise an alarm. */
import type { FlyRelease } from '#shared/fly/releases.ts';
import { postCondition, verified } from '#shared/incident/post-condition.ts';
import type { Step } from '#shared/runbook/model.ts';
import { describeAnswer, healthAddress, isHealthy } from './proof.ts';
import { readReleases } from './releases.ts';
import { ROLLBOOK, type Scene } from './scene.ts';

const PROBE_EVERY_MS = 15_000;
const READING_EVERY_MS = 5 * 60_000;
const PROBE_LIMIT_MS = 10_000;
/** Of the probes its minutes have room for; a watch that saw fewer (asleep, Rollbook not running) has proven nothing. */
const ENOUGH_PROBES = 0.5;
/** Times real time: a probe every quarter of a second. */
const KEEPS_UP_TO_SPEED = 60;
/** So many bad answers in a row are a regression. */
const REGRESSION = 3;

/** Runs until the time is over, a regression, an early end by a person, or until this process lets go. */
export async function keepWatch(scene: Scene, step: Step): Promise<void> {
  const { clock, http } = scene.adapter;
  const url = healthAddress(scene);
  const startedAt = scene.journal.state.watch?.startedAt;
  const isOpen = (): boolean => {
    const { watch } = scene.journal.state;
    // By its start: a watch that was ended and begun anew has its own loop.
    return !scene.letGo.aborted && watch !== null && watch.startedAt === startedAt && watch.endedAt === null;
  };
  let inRow = 0;
  let wasHealthy: boolean | null = null;
  let lastReading = Number.NEGATIVE_INFINITY;
  const foreign = foreignReleases(scene, step);
  let { probes, bad } = scene.journal.state.watch ?? { probes: 0, bad: 0 };
  while (isOpen()) {
    const answer = url === null ? null : await http.get(url, PROBE_LIMIT_MS);
    const healthy = answer !== null && isHealthy(answer);
    probes += 1;
    bad += healthy ? 0 : 1;
    inRow = healthy ? 0 : inRow + 1;
    const due = clock.now() - lastReading >= READING_EVERY_MS;
    if (!isOpen()) return;
    if (due || !healthy || wasHealthy === false) {
      const detail = answer === null ? 'the runbook declares no health address' : describeAnswer(answer);
      const reading = { stepId: step.id, healthy, detail, ms: Math.round(answer?.ms ?? 0), probes, bad };
      await scene.journal.append(ROLLBOOK, [{ kind: 'watch.reading', payload: reading }]);
    }
    if (inRow >= REGRESSION) {
      // The likeliest cause is somebody else's deploy: it is named at once, not at the next look.
      await foreign.look();
      return await regress(scene, step, answer === null ? 'no health address' : describeAnswer(answer));
    }
    if (due) {
      lastReading = clock.now();
      await foreign.look();
    }
    wasHealthy = healthy;
    // A time that is over while the service is down ends in health or in a regression, never in between.
    if (healthy && isComplete(scene)) return await complete(scene, step, probes, bad);
    await clock.sleep(PROBE_EVERY_MS, scene.letGo);
  }
}

function isComplete(scene: Scene): boolean {
  const { watch } = scene.journal.state;
  return watch !== null && scene.adapter.clock.now() - watch.startedAt >= watch.minutes * 60_000;
}

/** In a drill that runs faster than a machine can be relied on to probe, correspondingly fewer will do. */
function enoughProbes(minutes: number, speed: number): number {
  const planned = (minutes * 60_000) / PROBE_EVERY_MS;
  return (planned * ENOUGH_PROBES) / Math.max(1, speed / KEEPS_UP_TO_SPEED);
}

async function complete(scene: Scene, step: Step, probes: number, bad: number): Promise<void> {
  await scene.journal.append(ROLLBOOK, ({ watch }) => {
    if (watch?.endedAt !== null) return [];
    const completed = probes >= enoughProbes(watch.minutes, scene.journal.state.declared.drill?.speed ?? 1);
    const seen = `${probes} probes, ${bad} of them bad, never ${REGRESSION} in a row`;
    const reason = completed ? seen : `${seen}; too few for ${watch.minutes} minutes: most of them nobody watched`;
    const proof = postCondition([{ rule: 'enough-probes', met: completed, detail: reason }]);
    const outcome = proof.kind === 'met' ? verified(proof) : 'unverified';
    return [
      { kind: 'watch.ended', payload: { stepId: step.id, completed, reason } },
      { kind: 'step.ended', payload: { stepId: step.id, outcome, reason, observed: null, dueAt: null } },
    ];
  });
}

async function regress(scene: Scene, step: Step, detail: string): Promise<void> {
  const reason = `${REGRESSION} bad answers in a row: ${detail}`;
  await scene.journal.append(ROLLBOOK, (state) =>
    state.watch?.endedAt === null
      ? [
          { kind: 'regression.found', payload: { stepId: step.id, detail: reason } },
          { kind: 'watch.ended', payload: { stepId: step.id, completed: false, reason } },
          { kind: 'step.ended', payload: { stepId: step.id, outcome: 'failed', reason, observed: null, dueAt: null } },
        ]
      : [],
  );
}

/**
 * Rule 1: a release that is not ours. The newest one at the first look is ours when it carries the chosen image; any
 * newer one is somebody else's, also when only a secret was set. A look that fails says nothing, so it is left out.
 */
function foreignReleases(scene: Scene, step: Step): { look(): Promise<void> } {
  let ours: number | null = null;
  let changes = 0;
  return {
    async look() {
      const { state } = scene.journal;
      if (state.choice === null || (state.watch?.foreign ?? null) !== null) return;
      const [newest] = await readReleases(scene, step, ROLLBOOK).catch(() => [] as readonly FlyRelease[]);
      if (newest === undefined) return;
      // A change of our own (maintenance mode off, say) makes a release too: the count of releases begins anew with it.
      const own = Object.values(scene.journal.state.runs).filter(({ effect }) => effect === 'change').length;
      if (own !== changes) ours = null;
      changes = own;
      if (ours === null && newest.imageRef === state.choice.image) ours = newest.version;
      if (newest.version === ours) return;
      const { version, description, user } = newest;
      await scene.journal.append(ROLLBOOK, [
        { kind: 'release.foreign', payload: { stepId: step.id, version, description, user } },
      ]);
    },
  };
}
