/**
 * Decides the outcome of a change, in this order: its end was not observed (`interrupted`), a person stopped it (`stopped`),
 * it broke its exit or output rule or worked on another target (`failed`), the post-condition is not met (`failed`) or could
 * not be checked (`unverified`). It is `verified` only when all rules passed and the post-condition is met.
 */
import {
  allHeld,
  type Ending,
  type Rules,
  rulesAsKept,
  rulesHeld,
  verified,
  withoutChange,
  type Proven,
} from '#shared/incident/outcome-contract.ts';
import type { RulesFact } from '#shared/incident/topics/runs-events.ts';
import { type RunState, runsOfStep } from '#shared/incident/state.ts';
import { serviceOfRun } from '#shared/incident/services.ts';
import { ranOnWrongTarget } from '#shared/platforms/registry.ts';
import { filledRules, type Seen } from '#shared/runbook/expectation.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import type { Expectation } from '#shared/runbook/expected.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import type { Exit } from '#core/ports.ts';
import { commandOf, type IncidentContext, stepOf } from './incident-context.ts';
import { storedOutput } from './stored-output.ts';
import { declaredTarget, givenTo, valuesOf } from './values.ts';

export interface Verdict {
  readonly outcome: Ending;
  readonly reason: string;
}

/** A command that has ended, and the rules that the runbook gives it. */
export interface Ended {
  readonly exit: Exit;
  readonly output: Seen;
  readonly stopped: boolean;
  /** One sentence on why it failed; null: the cause is unknown. */
  readonly explained: string | null;
  readonly expects: Expectation | undefined;
  /** The recorded result of its rules, which were checked against its whole output. */
  readonly kept?: Rules | undefined;
  /** fly ends with 127 and prints nothing when it is interrupted (internal/cli/cli.go); this is not "command not found". */
  readonly interrupted?: boolean;
  /** A sentence when it worked on a target other than the runbook's; null: it did not. */
  readonly wrongTarget?: string | null;
}

export interface EndedRun extends Pick<Ended, 'exit' | 'output'> {
  readonly runId: string;
}

/** The outcome of a step after one of its changes ended. `others`: the results of the rules of its other changes. */
export function verdict(ended: Ended, proof: Proven, others: readonly Rules[] = []): Verdict {
  const about = proof.kind === 'met' ? 'The post-condition is met all the same.' : proof.why;
  if (ended.exit.kind === 'lost')
    return { outcome: 'interrupted', reason: `Nobody saw how the command ended. ${about}` };
  if (ended.stopped) return { outcome: 'stopped', reason: `Stopped by a person. ${about}` };
  if (ended.interrupted === true)
    return { outcome: 'interrupted', reason: `${ended.explained ?? 'It was interrupted.'} ${about}` };
  const broken = breach(ended);
  if (broken !== null) return { outcome: 'failed', reason: `${broken} ${about}` };
  return proven(allHeld([...others, rulesIn(ended)]), proof);
}

/** The outcome of a step by its post-condition, when none of its changes is known to have broken a rule. */
export function proven(rules: Rules, proof: Proven): Verdict {
  if (proof.kind !== 'met') return { outcome: proof.kind === 'unmet' ? 'failed' : 'unverified', reason: proof.why };
  if (rules.kind === 'kept') return { outcome: verified(rules, proof), reason: 'The post-condition is met.' };
  return { outcome: 'unverified', reason: `The post-condition is met, but the contract has more to it. ${rules.why}` };
}

/** A sentence on the rule that the command broke; null: none is known to be broken. */
export function breach(ended: Ended): string | null {
  if (ended.wrongTarget != null) return ended.wrongTarget;
  const rules = rulesIn(ended);
  return rules.kind === 'broken' ? (ended.explained ?? rules.why) : null;
}

const rulesIn = ({ exit, output, expects, kept }: Ended): Rules => kept ?? rulesHeld(exit, output, expects);

/** Combines the result of a command with its rules in the runbook. */
export function evaluateContract(context: IncidentContext, step: Step, { runId, exit, output }: EndedRun): Ended {
  const run = context.eventLog.state.runs.get(runId);
  const command = run === undefined ? undefined : commandOf(step, run.commandId);
  return {
    exit,
    output,
    stopped: run?.stopAsked != null,
    explained: run?.explanation?.sentence ?? null,
    expects: command && rulesOf(context, command),
    kept: run?.rules && rulesAsKept(run.rules),
    wrongTarget: command === undefined ? null : ranOnWrongTarget(context.runbook, command.text, output.text),
    interrupted: exit.kind === 'code' && exit.code === 127 && run?.explanation?.code === 'interrupted',
  };
}

/** The exit and output rules of a command, with the values of this incident filled in. */
export const rulesOf = (context: IncidentContext, { expects }: Pick<Command, 'expects'>): Expectation | undefined =>
  expects &&
  filledRules(
    expects,
    valuesOf(
      declaredTarget(context.eventLog.state),
      context.runbook,
      context.environment,
      givenTo(context.eventLog.state, context.secretsGiven),
    ),
  );

/**
 * The result of the rules of a change, to be recorded now: later only the stored part of the output is available.
 * Undefined for a read.
 */
export function rulesToKeep(
  context: IncidentContext,
  run: { readonly stepId: string; readonly commandId: string; readonly effect: 'read' | 'change' },
  exit: Exit,
  output: Seen,
): RulesFact | undefined {
  if (run.effect === 'read') return undefined;
  const command = commandOf(stepOf(context, run.stepId), run.commandId);
  const wrong = ranOnWrongTarget(context.runbook, command.text, output.text);
  if (wrong !== null) return { kind: 'broken', why: wrong };
  const rules = rulesHeld(exit, output, rulesOf(context, command));
  return { kind: rules.kind, why: rules.kind === 'kept' ? '' : rules.why };
}

/** The combined result of the rules of all changes of a step. The newest run of each command counts. */
export async function rulesOfStep(context: IncidentContext, step: Step): Promise<Rules> {
  const reads = definitionOf(step).onlyReads === true || step.commands.every(({ effect }) => effect === 'read');
  if (reads) return withoutChange('it only reads');
  return await rulesOfRuns(context, step, newestChanges(context, step));
}

/** As rulesOfStep, for one of several services. */
export const rulesOfService = (context: IncidentContext, step: Step, service: string): Promise<Rules> =>
  rulesOfRuns(
    context,
    step,
    newestChanges(context, step).filter(({ runId }) => serviceOfRun(context.eventLog.state, runId) === service),
  );

/** The results of the rules of the step's changes, without the run `but`. */
export const rulesOfOthers = (context: IncidentContext, step: Step, but: string): Promise<readonly Rules[]> =>
  Promise.all(
    newestChanges(context, step)
      .filter(({ runId }) => runId !== but)
      .map((run) => rulesOfRun(context, step, run)),
  );

/** The newest changing run of each command since the step was last opened. */
function newestChanges({ eventLog }: IncidentContext, { id }: Step): readonly RunState[] {
  const runs = runsOfStep(eventLog.state, id);
  return [...new Map(runs.filter(({ effect }) => effect === 'change').map((run) => [run.commandId, run])).values()];
}

const rulesOfRuns = async (context: IncidentContext, step: Step, runs: readonly RunState[]): Promise<Rules> =>
  runs.length === 0
    ? { kind: 'unseen', why: 'Nobody ran the change here, nor said that they did.' }
    : allHeld(await Promise.all(runs.map((run) => rulesOfRun(context, step, run))));

async function rulesOfRun(context: IncidentContext, step: Step, run: RunState): Promise<Rules> {
  if (run.exit === null) return { kind: 'unseen', why: 'Nobody saw how the command ended.' };
  if (run.rules !== undefined) return rulesAsKept(run.rules);
  // Older versions did not record the result: use the stored output.
  const output = await storedOutput(context, run);
  const ended = evaluateContract(context, step, { runId: run.runId, exit: run.exit, output });
  return rulesHeld(ended.exit, ended.output, ended.expects);
}
