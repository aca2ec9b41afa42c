/**
 * One action on a step, from its gates to its verdict. Begin here to read the engine: `mustBeAllowed` checks the gates,
 * `planAction` records the start and the end of the action, `makeChange` runs a changing command (`run-command.ts`), and
 * `judgeStep` decides the outcome of the step by the rules in `judge.ts`.
 */
import { endedRun, runCommand } from './run-command.ts';
import { type EndedRun, breach, evaluateContract, proven, rulesOfOthers, rulesOfStep, verdict } from './judge.ts';
import { RollbookError, toFailure } from '#shared/api/result.ts';
import { approvalNeed } from '#shared/incident/approval-policy.ts';
import type { Draft } from '#shared/incident/event.ts';
import { type Proven, postCondition } from '#shared/incident/outcome-contract.ts';
import { type RunState, activeRun, procedureOf, runsOfStep } from '#shared/incident/state.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import { proofsOf } from '#shared/steps/proofs.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { LeaseLost } from '#core/event-log/lease-scope.ts';
import { effectsOf } from '#core/steps/registry.ts';
import type { StateBefore } from '#core/platforms/release-platform.ts';
import { type IncidentContext, type Plan, ROLLBOOK, mustBeIdle, refuse } from './incident-context.ts';
import { stopStanding } from '#shared/incident/running-command.ts';

/** Checks the gates before a change. Code: `not-allowed`. */
export function mustBeAllowed(context: IncidentContext, step: Step): void {
  const { state } = context.eventLog;
  mustBeIdle(state);
  if (activeRun(state, 'change') !== null)
    throw refuse('A changing command is running.', 'Wait for it, or stop it first.');
  const need = approvalNeed(state, context.runbook);
  if (need.standing === 'needed') {
    throw refuse(
      `This needs the approval of a ${need.approver}.`,
      'Record the approval, or proceed without it and say why.',
    );
  }
  effectsOf(step).gates?.change?.(context);
}

/**
 * Plans an action that takes time: commits `first` and `act.asked`, then runs `work`, then commits `act.ended` with the
 * error of `work`, if it failed. Code: `not-allowed` while another action is running.
 */
export function planAction(
  context: IncidentContext,
  step: Step,
  commandId: string | null,
  what: 'reads' | 'change' | 'proof',
  work: () => Promise<void>,
  first: readonly Draft[] = [],
): Plan {
  mustBeIdle(context.eventLog.state);
  const effect = async (): Promise<void> => {
    const problem = await withSecrets(context, step, work).then(
      () => null,
      (thrown: unknown) => {
        if (thrown instanceof LeaseLost) throw thrown;
        const { code, message, advice = '' } = toFailure(thrown);
        return { code, message, advice };
      },
    );
    await context.eventLog.append(ROLLBOOK, [{ kind: 'act.ended', payload: { stepId: step.id, problem } }]);
  };
  return { drafts: [...first, { kind: 'act.asked', payload: { stepId: step.id, commandId, what } }], effect };
}

/**
 * Fetches the secrets of the runbook again, so that a corrected source takes effect at once, then runs `work`. A secret
 * that cannot be fetched fails only the steps that use it. Code: `environment` when this step uses one.
 */
async function withSecrets({ secrets, runbook }: IncidentContext, step: Step, work: () => Promise<void>) {
  if (secrets !== null) {
    await secrets.refresh();
    const named = step.commands.flatMap(({ text }) =>
      [...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name]) => name),
    );
    const { database } = runbook.settings;
    const ofDatabase = database !== undefined && definitionOf(step).needsDatabase === true ? [database.url] : [];
    const ofCommands = step.commands.map(({ database: url }) => url);
    secrets.mustHave([...named, ...ofDatabase, ...ofCommands].filter((name) => name !== undefined));
  }
  await work();
}

/**
 * Runs one changing command and judges its step. Codes, all before the command runs: `releases-changed`, `tool-missing`,
 * ....
 */
export async function makeChange(context: IncidentContext, step: Step, command: Command, actor: string): Promise<void> {
  const { change, lookBefore, extraArguments, environment } = effectsOf(step);
  if (change !== undefined) {
    await judgeStep(context, step, endedRun(await change(context, step, command, actor)), null);
    return;
  }
  const before = (await lookBefore?.(context, step)) ?? null;
  const ran = await runCommand(context, step, { ...command, effect: 'change' }, actor, {
    extra: extraArguments?.(context) ?? [],
    environment: () => environment ?? {},
  });
  await judgeStep(context, step, endedRun(ran), before);
}

/**
 * Judges a step whose changing command has ended, for whatever reason. The post-condition is always checked, also after a
 * stop: the person needs to know the state before deciding what to do next.
 */
export async function judgeStep(
  context: IncidentContext,
  step: Step,
  ran: EndedRun,
  before: StateBefore | null,
): Promise<void> {
  await context.secrets?.ensure();
  const { judge, provenAfterLast } = effectsOf(step);
  if (judge !== undefined) return await judge(context, step, ran, before);
  if (provenAfterLast === true && ran.exit.kind === 'code' && ran.exit.code === 0 && hasMore(context, step)) return;
  const ended = evaluateContract(context, step, ran);
  const goesOn = definitionOf(step).provenBy === 'commands' && !ended.stopped && breach(ended) === null;
  if (goesOn && hasMore(context, step)) return;
  const proof = await checkPostCondition(context, step, before);
  const { outcome, reason } = verdict(ended, proof, await rulesOfOthers(context, step, ran.runId));
  // The step stays open until a person ticks its checks. The proof is already recorded.
  if (goesOn && proof.kind === 'met' && step.checks.length > 0) return;
  await endStep(context, step, outcome, reason);
}

/** True when the step has commands that were not started yet: it is judged after its last one. */
function hasMore(context: IncidentContext, step: Step): boolean {
  // runsOfStep leaves out the runs from before the step was reopened.
  const started = new Set(runsOfStep(context.eventLog.state, step.id).map(({ commandId }) => commandId));
  const proofs = proofsOf(step);
  return step.commands.some((command) => !started.has(command.id) && !proofs.includes(command));
}

/** True when the step has a post-condition that Rollbook can check. */
export function canBeProven(step: Step): boolean {
  if (definitionOf(step).provenBy === 'commands') return proofsOf(step).length > 0;
  const { look, prove, proveAgain: provesItself } = effectsOf(step);
  return (look ?? prove ?? provesItself) !== undefined;
}

/** True when no step of the chosen procedure has a post-condition that Rollbook can check, and nothing was proven. */
export function nothingProves({ eventLog: { state }, runbook }: IncidentContext): boolean {
  const steps = procedureOf(state, runbook)?.steps ?? [];
  return (
    state.proofMetAt === null && steps.length > 0 && !steps.some((step) => step.watch === null && canBeProven(step))
  );
}

/** Checks the post-condition. `before`: the state read just before the change, where the kind of step reads it. */
async function checkPostCondition(context: IncidentContext, step: Step, before: StateBefore | null): Promise<Proven> {
  if (!canBeProven(step)) return { kind: 'nothing', why: 'The runbook gives this step no post-condition.' };
  const { prove } = effectsOf(step);
  try {
    return await (prove?.(context, step) ?? lookAndRecord(context, step, before));
  } catch (thrown) {
    // Rollbook is shutting down: the step stays open, and the next start offers to check it.
    context.letGo.throwIfAborted();
    // A check that failed to run says nothing about the post-condition.
    return { kind: 'unknown', why: `The post-condition could not be checked. ${toFailure(thrown).message}` };
  }
}

async function lookAndRecord(context: IncidentContext, step: Step, before: StateBefore | null): Promise<Proven> {
  const { look, inconclusive } = effectsOf(step);
  const evaluated = (await look?.(context, step, before)) ?? null;
  if (evaluated === null) return { kind: 'nothing', why: 'The file does not say what must be true afterwards.' };
  await context.eventLog.append(ROLLBOOK, [{ kind: 'proof.evaluated', payload: evaluated }]);
  return inconclusive?.(context, evaluated) ?? postCondition(evaluated.findings);
}

/**
 * Checks the post-condition again at a person's request and judges the step by it. It is verified only if its changes also
 * passed their exit and output rules. Code: `environment` when the post-condition could not be checked.
 */
export async function proveAgain(context: IncidentContext, step: Step): Promise<void> {
  const { proveAgain: provesItself } = effectsOf(step);
  if (provesItself !== undefined) return await provesItself(context, step);
  const proof = await checkPostCondition(context, step, null);
  if (proof.kind === 'unknown') throw new RollbookError('environment', proof.why, 'Fix that, then check again.');
  const { outcome, reason: found } = proven(await rulesOfStep(context, step), proof);
  const cause = outcome === 'verified' ? null : knownCause(context, step);
  await endStep(context, step, outcome, cause === null || found.includes(cause) ? found : `${cause} ${found}`);
}

/** The explanation of why the newest change of the step failed, or null. It remains the cause at a later check. */
function knownCause({ eventLog: { state } }: IncidentContext, step: Step): string | null {
  const runs = runsOfStep(state, step.id);
  return runs.findLast(({ effect }) => effect === 'change')?.explanation?.sentence ?? null;
}

type Outcome = Extract<Draft, { kind: 'step.ended' }>['payload']['outcome'];

async function endStep({ eventLog }: IncidentContext, step: Step, outcome: Outcome, reason: string): Promise<void> {
  const payload = { stepId: step.id, outcome, reason, observed: null, dueAt: null };
  await eventLog.append(ROLLBOOK, [{ kind: 'step.ended', payload }]);
}

/** Allows a kill only 60 s after an interrupt. `now`: ms since the epoch, incident clock. Code: `not-allowed`. */
export function mayStop(stopAsked: RunState['stopAsked'], how: 'interrupt' | 'kill', now: number): void {
  if (how === 'kill' && stopStanding({ stopAsked }, now).kind !== 'may-kill')
    throw refuse('The command cannot be killed yet.', 'Interrupt it first, and give it 60 seconds to end.');
}
