/**
 * The watch after a rollback: probes every 15 s. Three bad answers in a row are a regression; foreign releases raise an
 * alarm.
 */
import { count } from '#shared/words/count.ts';
import { verified, withoutChange, postCondition } from '#shared/incident/outcome-contract.ts';
import type { Draft } from '#shared/incident/event.ts';
import { NOTHING_COUNTED } from '#shared/incident/topics/watch.ts';
import { isHealthy } from '#shared/platforms/health.ts';
import { watchedServices } from '#shared/incident/rolled-back-services.ts';
import type { Step } from '#shared/runbook/model.ts';
import { askHealth, describeAnswer, healthChecks, type JudgedAnswer } from '#core/engine/health.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import { LateWrites } from '#core/event-log/late-writes.ts';
import { SampleLog } from '#core/event-log/sample-log.ts';
import { written } from '#core/event-log/storage-health.ts';
import { releasesOf } from '#core/platforms/releases.ts';

const PROBE_EVERY_MS = 15_000;
const READING_EVERY_MS = 5 * 60_000;
const PROBE_LIMIT_MS = 10_000;
/**
 * The share of the planned probes that a watch needs. With fewer (machine asleep, Rollbook not running) it proves
 * nothing.
 */
const ENOUGH_PROBES = 0.5;
/** The highest drill speed at which all probes can be made: one every 250 ms. */
const KEEPS_UP_TO_SPEED = 60;
/** This many bad answers in a row are a regression. */
const REGRESSION = 3;

/**
 * Runs until the time is over, a regression is found, a person ends the watch, or this process releases the incident. While
 * the store refuses writes it continues, and keeps the readings and a regression until they can be written.
 */
export async function keepWatch(context: IncidentContext, step: Step): Promise<void> {
  const { clock } = context.adapter;
  const startedAt = context.eventLog.state.watch?.startedAt;
  const isOpen = (): boolean => {
    const { watch } = context.eventLog.state;
    // Compares the start, because a watch that was restarted has its own loop.
    return !context.letGo.aborted && watch !== null && watch.startedAt === startedAt && watch.endedAt === null;
  };
  const services = watchedServices(context.eventLog.state, context.runbook);
  const lines = services.map((service) => watchedLine(context, step, service, services.length > 1));
  let lastReading = Number.NEGATIVE_INFINITY;
  let regressed: string | null = null;
  try {
    while (isOpen()) {
      const due = clock.now() - lastReading >= READING_EVERY_MS;
      await Promise.all(lines.map((line) => line.probe()));
      if (!isOpen()) return;
      await written(context, () => askAtCheckpoint(context, step));
      for (const line of lines) await line.note(due);
      const failing = lines.find((line) => line.inRow() >= REGRESSION);
      if (failing !== undefined && regressed === null) {
        // The likeliest cause is a foreign deploy, so look for one at once.
        await written(context, () => failing.look());
        regressed = failing.detail();
      }
      const found = regressed;
      if (found !== null) {
        if (await written(context, () => regress(context, step, found))) return;
      } else if (await goesWell(context, step, lines, due)) return;
      if (due) lastReading = clock.now();
      await clock.sleep(PROBE_EVERY_MS, context.letGo);
    }
  } finally {
    // Write the samples of the last minute.
    for (const line of lines) {
      while (!context.letGo.aborted && !(await line.end())) await clock.sleep(PROBE_EVERY_MS, context.letGo);
    }
  }
}

/** Handles a round without a regression. True when the watch is over. */
async function goesWell(
  context: IncidentContext,
  step: Step,
  lines: readonly WatchedLine[],
  due: boolean,
): Promise<boolean> {
  if (due) for (const line of lines) await written(context, () => line.look());
  // While a service is down, wait for it to recover or to become a regression.
  if (!isComplete(context) || lines.some((line) => line.inRow() !== 0)) return false;
  // A release of somebody else since the last look belongs to this watch, too.
  if (!due) for (const line of lines) await written(context, () => line.look());
  for (const line of lines) if (!(await line.end())) return false;
  return await written(context, () => complete(context, step, Math.max(...lines.map((line) => line.probes()))));
}

/** One service under watch. */
interface WatchedLine {
  probe(): Promise<void>;
  /** Records a reading when one is due, for each bad answer, and for each recovery. */
  note(due: boolean): Promise<void>;
  /** Looks for foreign releases. */
  look(): Promise<void>;
  /** Writes what is left. False: the store refused it. */
  end(): Promise<boolean>;
  /** Bad answers in a row. */
  inRow(): number;
  probes(): number;
  detail(): string;
}

function watchedLine(context: IncidentContext, step: Step, service: string, named: boolean): WatchedLine {
  const { clock, http } = context.adapter;
  const [first, ...others] = healthChecks(context, service);
  const log = new SampleLog(context, { purpose: 'watch', target: service });
  const readings = new LateWrites(context);
  const foreign = releasesOf(context, service).foreign(context, step, service, named);
  const { watch } = context.eventLog.state;
  let { probes, bad } = watch?.counted?.[service] ?? NOTHING_COUNTED;
  let inRow = 0;
  let was: boolean | null = null;
  let asked = false;
  let answer: JudgedAnswer | null = null;
  let healthy = false;
  const detail = (): string => (answer === null ? 'the runbook declares no health address' : describeAnswer(answer));
  return {
    async probe() {
      if (asked) was = healthy;
      asked = true;
      answer = first === undefined ? null : await askHealth(http, [first, ...others], PROBE_LIMIT_MS);
      healthy = answer !== null && isHealthy(answer);
      probes += 1;
      bad += healthy ? 0 : 1;
      inRow = healthy ? 0 : inRow + 1;
    },
    async note(due) {
      const ms = Math.round(answer?.ms ?? 0);
      await log.add({ at: Math.round(clock.now()), ok: healthy, ms, detail: detail() });
      await readings.flush();
      if (!due && healthy && was !== false) return;
      const reading = { stepId: step.id, healthy, detail: detail(), ms, probes, bad };
      await readings.add({ kind: 'watch.reading', payload: named ? { ...reading, service } : reading });
    },
    look: () => foreign.look(),
    end: async () => (await readings.flush()) && (await log.flush()),
    inRow: () => inRow,
    probes: () => probes,
    detail: () => (named ? `${service}: ${detail()}` : detail()),
  };
}

/** Asks about a checkpoint once. The probes continue whether it is answered or not. */
async function askAtCheckpoint(context: IncidentContext, step: Step): Promise<void> {
  const now = context.adapter.clock.now();
  await context.eventLog.tryAppend(ROLLBOOK, ({ watch }) => {
    if (watch?.endedAt !== null) return [];
    const reached = (step.watch?.checkpoints ?? []).filter((minute) => now - watch.startedAt >= minute * 60_000);
    const minute = reached.at(-1);
    // After sleep several may have passed: ask only about the last.
    if (minute === undefined || (watch.asked ?? 0) >= minute) return [];
    return [{ kind: 'checkpoint.asked', payload: { stepId: step.id, minute } }];
  });
}

function isComplete(context: IncidentContext): boolean {
  const { watch } = context.eventLog.state;
  return watch !== null && context.adapter.clock.now() - watch.startedAt >= watch.minutes * 60_000;
}

/** How many probes a watch needs. A drill that runs faster than probes can be made needs fewer. */
function enoughProbes(minutes: number, speed: number): number {
  const planned = (minutes * 60_000) / PROBE_EVERY_MS;
  return (planned * ENOUGH_PROBES) / Math.max(1, speed / KEEPS_UP_TO_SPEED);
}

/** Ends the watch whose time is over. `rounds`: number of rounds, each with one probe per service. */
async function complete(context: IncidentContext, step: Step, rounds: number): Promise<void> {
  await context.eventLog.tryAppend(ROLLBOOK, ({ watch }) => {
    if (watch?.endedAt !== null) return [];
    const completed = rounds >= enoughProbes(watch.minutes, context.eventLog.state.declared.drill?.speed ?? 1);
    const seen = `${count(watch.probes, 'probe')}, ${watch.bad} of them bad, never ${REGRESSION} in a row`;
    const asked = watch.asking == null ? '' : `; nobody answered the checkpoint after ${count(watch.asking, 'minute')}`;
    const few = completed ? '' : `; too few for ${count(watch.minutes, 'minute')}, so most of the time was not watched`;
    const reason = `${seen}${few}${asked}`;
    const proof = postCondition([{ rule: 'enough-probes', met: completed, detail: reason }]);
    const outcome = proof.kind === 'met' ? verified(withoutChange('it only reads'), proof) : 'unverified';
    return [
      { kind: 'watch.ended', payload: { stepId: step.id, completed, reason } },
      { kind: 'step.ended', payload: { stepId: step.id, outcome, reason, observed: null, dueAt: null } },
    ];
  });
}

/** The events of a regression: the mitigation clock runs again, and the watch ends as failed. */
export const regressionDrafts = (step: Step, reason: string): readonly Draft[] => [
  { kind: 'regression.found', payload: { stepId: step.id, detail: reason } },
  { kind: 'watch.ended', payload: { stepId: step.id, completed: false, reason } },
  { kind: 'step.ended', payload: { stepId: step.id, outcome: 'failed', reason, observed: null, dueAt: null } },
];

async function regress(context: IncidentContext, step: Step, detail: string): Promise<void> {
  const reason = `${REGRESSION} bad answers in a row: ${detail}`;
  await context.eventLog.tryAppend(ROLLBOOK, (state) =>
    state.watch?.endedAt === null ? regressionDrafts(step, reason) : [],
  );
}
