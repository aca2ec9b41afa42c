/**
 * Rule 5 for any other tool: past the usual time of a change, what its step declares as its post-condition is asked every
 * five seconds beside it, read-only. It decides nothing; it tells what the slow command has come to, and is written down
 * when it differs.
 */
import { isDeepStrictEqual } from 'node:util';
import { connectionEnvironment } from '#shared/platforms/postgres/connection.ts';
import type { Look } from '#shared/incident/outcome-contract.ts';
import { brokenRule, unseenRule } from '#shared/runbook/expectation.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import { proofsOf } from '#shared/runbook/proofs.ts';
import { mustBePractice } from '#core/drills/practice-guard.ts';
import { prepareCommand } from '#core/runner/prepare-command.ts';
import { rulesOf } from './evaluate-contract.ts';
import { checkoutFor, databaseOf } from './ready-to-run.ts';
import { quietRead } from './quiet-read.ts';
import { ROLLBOOK, type IncidentContext } from './incident-context.ts';
import { declaredTarget, givenTo, valuesOf } from './values.ts';
import { whileLooking } from './while-looking.ts';

const LOOK_EVERY_MS = 5_000;
const LOOK_LIMIT_MS = 10_000;
/** Of a change whose usual time the runbook does not say. */
const USUAL_MS = 30_000;

/** Answers what `work` answers, as soon as it does. */
export async function withProofMonitor<T>(
  context: IncidentContext,
  step: Step,
  usualMs: number | null,
  work: () => Promise<T>,
): Promise<T> {
  const proofs = proofsOf(step);
  if (proofs.length === 0) return await work();
  const look = async (signal: AbortSignal): Promise<void> => {
    const looks: Look[] = [];
    for (const command of proofs) {
      const seen = await lookAt(context, step, command, signal);
      // Nothing came back: that says nothing about the change.
      if (seen === null) return;
      looks.push(seen);
    }
    await note(context, step, looks);
  };
  return await whileLooking(context, LOOK_EVERY_MS, look, work, usualMs ?? USUAL_MS);
}

async function lookAt(
  context: IncidentContext,
  step: Step,
  command: Command,
  signal: AbortSignal,
): Promise<Look | null> {
  const { state } = context.eventLog;
  const given = givenTo(state, context.secretsGiven);
  const values = valuesOf(declaredTarget(state), context.runbook, context.environment, given);
  const { tool, args, environment } = prepareCommand(command, values, [], context.environment);
  const database = databaseOf(context, command);
  const connection = database === null ? {} : connectionEnvironment(database, `look ${step.id}`);
  const variables = { ...environment, ...connection };
  const env = { ...context.environment, ...variables };
  mustBePractice(state.declared, { tool, args, env, effect: 'read' });
  const cwd = await checkoutFor(context, { ...command, effect: 'read' });
  const timeoutMs = Math.min(command.timeoutMs ?? LOOK_LIMIT_MS, LOOK_LIMIT_MS);
  const where = cwd === null ? {} : { cwd };
  const answer = await quietRead(context, [tool, ...args], { timeoutMs, signal, variables, ...where });
  if (answer === null || answer.code === null) return null;
  const output = { text: `${answer.stdout}\n${answer.stderr}`, whole: answer.whole };
  const rules = rulesOf(context, command);
  const broken = brokenRule(rules, answer.code, output);
  // Nothing is said of what could not be seen.
  if (broken === null && unseenRule(rules, output) !== null) return null;
  const detail = broken === null ? `\`${command.text}\` says what it has to say.` : `\`${command.text}\`: ${broken}`;
  // As it is stored: it is compared with what was seen last.
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
