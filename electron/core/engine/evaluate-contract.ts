/** A command that ended, held to the exit and output rule that the runbook gives it. */
import { rulesAsKept, rulesHeld } from '#shared/incident/outcome-contract.ts';
import type { RulesFact } from '#shared/incident/topics/runs-events.ts';
import { filledRules, type Seen } from '#shared/runbook/expectation.ts';
import type { Command, Expectation, Step } from '#shared/runbook/model.ts';
import type { Exit } from '#core/ports.ts';
import { commandOf, type IncidentContext, stepOf } from './incident-context.ts';
import { wrongTarget } from './wrong-target.ts';
import { declaredTarget, givenTo, valuesOf } from './values.ts';
import type { Ended, RanToEnd } from './judge.ts';

/** What is known of a changing command, and the rules it is held to. */
export function evaluateContract(context: IncidentContext, step: Step, { runId, exit, output }: RanToEnd): Ended {
  const run = context.eventLog.state.runs.get(runId);
  const command = run === undefined ? undefined : commandOf(step, run.commandId);
  return {
    exit,
    output,
    stopped: run?.stopAsked != null,
    explained: run?.explanation?.sentence ?? null,
    expects: command && rulesOf(context, command),
    kept: run?.rules && rulesAsKept(run.rules),
    wrongTarget: command === undefined ? null : wrongTarget(context.runbook, command.text, output.text),
    interrupted: exit.kind === 'code' && exit.code === 127 && run?.explanation?.code === 'interrupted',
  };
}

/**
 * What the timeline keeps of it for a change: whoever looks at the post-condition again later has only what was stored of
 * the output. Undefined for a reading.
 */
export function rulesToKeep(
  context: IncidentContext,
  run: { readonly stepId: string; readonly commandId: string; readonly effect: 'read' | 'change' },
  exit: Exit,
  output: Seen,
): RulesFact | undefined {
  if (run.effect === 'read') return undefined;
  const command = commandOf(stepOf(context, run.stepId), run.commandId);
  const astray = wrongTarget(context.runbook, command.text, output.text);
  if (astray !== null) return { kind: 'broken', why: astray };
  const rules = rulesHeld(exit, output, rulesOf(context, command));
  return { kind: rules.kind, why: rules.kind === 'kept' ? '' : rules.why };
}

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
