/**
 * Read-only looks beside a change that runs (product rule 5): what its step declares as its post-condition, and what the
 * platform of its tool can tell (`platforms/registry.ts`). A look decides nothing, never delays the command, and is written
 * down when it differs from the last one. Errors are ignored: the next look may work.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Look } from '#shared/incident/post-condition.ts';
import { brokenRule, unseenRule } from '#shared/runbook/expectation.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import { proofsOf } from '#shared/runbook/proofs.ts';
import type { Monitor, MonitoredRun } from '#core/platforms/platform.ts';
import { monitorsOf } from '#core/platforms/registry.ts';
import { type IncidentContext, ROLLBOOK } from './incident-context.ts';
import { rulesOf } from './judge.ts';
import { quietRun } from './quiet-read.ts';
import { readyToRun } from './ready-to-run.ts';

/** Answers what `work` answers, as soon as it does. */
export async function monitored<T>(context: IncidentContext, run: MonitoredRun, work: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, context.letGo]);
  const monitors = [...(proofsOf(run.step).length === 0 ? [] : [proofMonitor(run)]), ...monitorsOf(run.tool)];
  for (const monitor of monitors) void keepLooking(context, monitor, run, signal);
  try {
    return await work();
  } finally {
    over.abort();
  }
}

async function keepLooking(
  context: IncidentContext,
  { firstMs, everyMs, look }: Monitor,
  run: MonitoredRun,
  signal: AbortSignal,
): Promise<void> {
  for (let waitMs = firstMs; ; waitMs = everyMs) {
    await context.adapter.clock.sleep(waitMs, signal);
    if (signal.aborted) return;
    await look(context, run, signal).catch(() => undefined);
  }
}

const LOOK_EVERY_MS = 5_000;
const LOOK_LIMIT_MS = 10_000;
/** The usual time of a change where the runbook does not say it. */
const USUAL_MS = 30_000;

/** From the usual time of the change on: has its post-condition come about? */
const proofMonitor = ({ usualMs }: MonitoredRun): Monitor => ({
  firstMs: usualMs ?? USUAL_MS,
  everyMs: LOOK_EVERY_MS,
  async look(context, { step }, signal) {
    const looks: Look[] = [];
    for (const command of proofsOf(step)) {
      const seen = await lookAt(context, step, command, signal);
      // No answer says nothing about the change.
      if (seen === null) return;
      looks.push(seen);
    }
    await note(context, step, looks);
  },
});

async function lookAt(
  context: IncidentContext,
  step: Step,
  command: Command,
  signal: AbortSignal,
): Promise<Look | null> {
  const timeoutMs = Math.min(command.timeoutMs ?? LOOK_LIMIT_MS, LOOK_LIMIT_MS);
  const ready = await readyToRun(context, { ...command, effect: 'read' }, { session: `look ${step.id}` });
  const answer = await quietRun(context, ready.argv, { timeoutMs, signal, cwd: ready.checkout, env: ready.env });
  if (answer === null || answer.code === null) return null;
  const output = { text: `${answer.stdout}\n${answer.stderr}`, whole: answer.whole };
  const rules = rulesOf(context, command);
  const broken = brokenRule(rules, answer.code, output);
  // Nothing is said about output that could not be seen.
  if (broken === null && unseenRule(rules, output) !== null) return null;
  const detail = broken === null ? `\`${command.text}\` says what it has to say.` : `\`${command.text}\`: ${broken}`;
  // Redacted as it is stored: the next look is compared with it.
  return { rule: command.id, met: broken === null, detail: context.outputs.redact(detail) };
}

async function note(context: IncidentContext, step: Step, looks: readonly Look[]): Promise<void> {
  await context.eventLog.append(ROLLBOOK, ({ runs, after }) => {
    const run = runs.findLast(({ stepId, effect }) => stepId === step.id && effect === 'change');
    // It may have ended while the answer was under way: then its proof says more.
    if (run === undefined || run.endedAt !== null) return [];
    const payload = { runId: run.runId, stepId: step.id, met: looks.every(({ met }) => met), looks: [...looks] };
    const { at: _at, ...last } = after.look ?? { at: 0 };
    return isDeepStrictEqual(last, payload) ? [] : [{ kind: 'post-condition.seen', payload }];
  });
}
