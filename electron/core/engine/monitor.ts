/**
 * Read-only checks while a change runs (product rule 5): the post-condition of its step, and the monitor of its tool's
 * platform (`platforms/registry.ts`). A check decides nothing and never delays the command. Its result is recorded when it
 * differs from the last one. Errors are ignored: the next check may work.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Look } from '#shared/incident/outcome-contract.ts';
import { brokenRule, unseenRule } from '#shared/runbook/expectation.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import { proofsOf } from '#shared/steps/proofs.ts';
import { monitorsOf } from '#core/platforms/registry.ts';
import type { Monitor, MonitoredRun } from '#core/platforms/platform.ts';
import { type IncidentContext, ROLLBOOK } from './incident-context.ts';
import { rulesOf } from './judge.ts';
import { quietRun } from './quiet-read.ts';
import { readyToRun } from './prepare-run.ts';

/** Runs `work` with the monitors beside it, and returns its result as soon as it is there. */
export async function monitored<T>(context: IncidentContext, run: MonitoredRun, work: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, context.letGo]);
  const monitors = [...(proofsOf(run.step).length === 0 ? [] : [proofMonitor(run)]), ...monitorsOf(run.tool)];
  for (const monitor of monitors) void repeatChecks(context, monitor, run, signal);
  try {
    return await work();
  } finally {
    over.abort();
  }
}

async function repeatChecks(
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

const CHECK_EVERY_MS = 5_000;
const CHECK_LIMIT_MS = 10_000;
/** The usual duration of a change whose runbook gives none. */
const USUAL_MS = 30_000;

/** Checks the post-condition once the change takes longer than usual. */
const proofMonitor = ({ usualMs }: MonitoredRun): Monitor => ({
  firstMs: usualMs ?? USUAL_MS,
  everyMs: CHECK_EVERY_MS,
  async look(context, { step }, signal) {
    const looks: Look[] = [];
    for (const command of proofsOf(step)) {
      const seen = await lookAt(context, step, command, signal);
      // A check without an answer says nothing about the change.
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
  const timeoutMs = Math.min(command.timeoutMs ?? CHECK_LIMIT_MS, CHECK_LIMIT_MS);
  const ready = await readyToRun(context, { ...command, effect: 'read' }, { session: `look ${step.id}` });
  const answer = await quietRun(context, ready.argv, { timeoutMs, signal, cwd: ready.checkout, env: ready.env });
  if (answer === null || answer.code === null) return null;
  const output = { text: `${answer.stdout}\n${answer.stderr}`, whole: answer.whole };
  const rules = rulesOf(context, command);
  const broken = brokenRule(rules, answer.code, output);
  // A rule that could not see the whole output has no result.
  if (broken === null && unseenRule(rules, output) !== null) return null;
  const detail = broken === null ? `\`${command.text}\` says what it has to say.` : `\`${command.text}\`: ${broken}`;
  // Redacted here, because the next result is compared with the stored one.
  return { rule: command.id, met: broken === null, detail: context.outputs.redact(detail) };
}

async function note(context: IncidentContext, step: Step, looks: readonly Look[]): Promise<void> {
  await context.eventLog.append(ROLLBOOK, ({ runs, after }) => {
    const run = runs.findLast(({ stepId, effect }) => stepId === step.id && effect === 'change');
    // The change may have ended meanwhile: its own proof replaces this.
    if (run === undefined || run.endedAt !== null) return [];
    const payload = { runId: run.runId, stepId: step.id, met: looks.every(({ met }) => met), looks: [...looks] };
    const { at: _at, ...last } = after.look ?? { at: 0 };
    return isDeepStrictEqual(last, payload) ? [] : [{ kind: 'post-condition.seen', payload }];
  });
}
