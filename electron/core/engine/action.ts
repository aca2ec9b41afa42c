/** A changing command of a step: the look before, the act, and the verdict after it. */
import type { FlyStatus } from '#shared/platforms/fly/status.ts';
import { postCondition, type Proven } from '#shared/incident/outcome-contract.ts';
import { runsOfStep } from '#shared/incident/state.ts';
import { proofsOf } from '#shared/runbook/proofs.ts';
import { RollbookError, toFailure } from '#shared/contract/result.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { effectsOf } from '#core/steps/registry.ts';
import { withProofMonitor } from './proof-monitor.ts';
import { evaluateContract } from './evaluate-contract.ts';
import { runCommand, toEnd } from './run-command.ts';
import { withRolloutMonitor } from '../platforms/fly/rollout-monitor.ts';
import { ROLLBOOK, type IncidentContext } from './incident-context.ts';
import { rulesOfOthers, rulesOfStep } from './stored-output.ts';
import { breach, proven, type RanToEnd, verdict } from './judge.ts';

/** Runs one changing command and judges its step. Codes: `releases-changed`, `tool-missing` and other problems before it ran. */
export async function makeChange(context: IncidentContext, step: Step, command: Command, actor: string): Promise<void> {
  const { change, lookBefore, extraArguments, environment } = effectsOf(step);
  if (change !== undefined) return await judge(context, step, toEnd(await change(context, step, command, actor)), null);
  const before = (await lookBefore?.(context, step)) ?? null;
  const extra = extraArguments?.(context) ?? [];
  const added = environment === undefined ? undefined : () => environment;
  const run = () => runCommand(context, step, { ...command, effect: 'change' }, actor, extra, added);
  const looked = () => (command.tool === 'fly' ? withRolloutMonitor(context, run) : run());
  const ran = await withProofMonitor(context, step, command.usualMs, looked);
  await judge(context, step, toEnd(ran), before);
}

/**
 * The verdict on a step whose changing command has ended, however it ended: exit rule, then post-condition.
 * The state is read after every ending, also after a stop, before anything else is offered.
 */
export async function judge(
  context: IncidentContext,
  step: Step,
  ran: RanToEnd,
  before: FlyStatus | null,
): Promise<void> {
  await context.secrets?.ensure();
  const { judge: judgeItself, provenAfterLast } = effectsOf(step);
  if (judgeItself !== undefined) return await judgeItself(context, step, ran, before);
  if (provenAfterLast === true && ran.exit.kind === 'code' && ran.exit.code === 0 && hasMore(context, step)) return;
  const ended = evaluateContract(context, step, ran);
  const goesOn = definitionOf(step).provenBy === 'commands' && !ended.stopped && breach(ended) === null;
  if (goesOn && hasMore(context, step)) return;
  const proof = await provenBy(context, step, before);
  const { outcome, reason } = verdict(ended, proof, await rulesOfOthers(context, step, ran.runId));
  // What only a person can see is still to be ticked; that the rest is proven is on record.
  if (goesOn && proof.kind === 'met' && step.checks.length > 0) return;
  await context.eventLog.append(ROLLBOOK, [
    { kind: 'step.ended', payload: { stepId: step.id, outcome, reason, observed: null, dueAt: null } },
  ]);
}

/** A task with several commands is judged after its last one. */
function hasMore(context: IncidentContext, step: Step): boolean {
  const { state } = context.eventLog;
  // Those of a try before the step was taken up again do not count.
  const started = new Set(runsOfStep(state, step.id).map(({ commandId }) => commandId));
  const proofs = proofsOf(step);
  return step.commands.some((command) => !started.has(command.id) && !proofs.includes(command));
}

const NOTHING_TO_PROVE: Proven = { kind: 'nothing', why: 'The runbook gives this step no post-condition.' };

/** True when there is something to look at by which the step can be judged again. */
export function canBeProven(step: Step): boolean {
  if (definitionOf(step).provenBy === 'commands') return proofsOf(step).length > 0;
  const { look, prove, proveAgain } = effectsOf(step);
  return (look ?? prove ?? proveAgain) !== undefined;
}

async function provenBy(context: IncidentContext, step: Step, before: FlyStatus | null): Promise<Proven> {
  if (!canBeProven(step)) return NOTHING_TO_PROVE;
  const { prove } = effectsOf(step);
  return await orUnknown(context, () => prove?.(context, step) ?? lookAndRecord(context, step, before));
}

async function lookAndRecord(context: IncidentContext, step: Step, before: FlyStatus | null): Promise<Proven> {
  const { look, inconclusive } = effectsOf(step);
  const looked = (await look?.(context, step, before)) ?? null;
  if (looked === null) return { kind: 'nothing', why: 'The file does not say what must be true afterwards.' };
  await context.eventLog.append(ROLLBOOK, [{ kind: 'proof.evaluated', payload: looked }]);
  return inconclusive?.(context, looked) ?? postCondition(looked.findings);
}

/** What could not be looked at is neither met nor unmet. */
async function orUnknown(context: IncidentContext, work: () => Promise<Proven>): Promise<Proven> {
  try {
    return await work();
  } catch (thrown) {
    // Rollbook is ending: the step stays open, so that the next start offers the proof.
    context.letGo.throwIfAborted();
    return {
      kind: 'unknown',
      why: `The post-condition could not be checked. ${toFailure(thrown).message}`,
    };
  }
}

/** The post-condition again, on a person's word; with the rules of its changes kept, a met one makes the step verified. */
export async function proveAgain(context: IncidentContext, step: Step): Promise<void> {
  const { proveAgain: proveItself } = effectsOf(step);
  if (proveItself !== undefined) return await proveItself(context, step);
  const proof = await provenBy(context, step, null);
  if (proof.kind === 'unknown')
    throw new RollbookError('environment', proof.why, 'Mend what it says, then check again.');
  const { outcome, reason: found } = proven(await rulesOfStep(context, step), proof);
  const cause = outcome === 'verified' ? null : knownCause(context, step);
  const reason = cause === null || found.includes(cause) ? found : `${cause} ${found}`;
  await context.eventLog.append(ROLLBOOK, [
    { kind: 'step.ended', payload: { stepId: step.id, outcome, reason, observed: null, dueAt: null } },
  ]);
}

/** Why the newest change of the step failed, where that was explained: looking again takes nothing of it back. */
function knownCause({ eventLog: { state } }: IncidentContext, step: Step): string | null {
  const runs = runsOfStep(state, step.id);
  return runs.findLast(({ effect }) => effect === 'change')?.explanation?.sentence ?? null;
}
