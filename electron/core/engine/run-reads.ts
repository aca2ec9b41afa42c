/** Runs the read-only commands of a step as the runbook writes them. */
import { RollbookError } from '#shared/api/result.ts';
import { runsOfStep } from '#shared/incident/state.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import { breach, evaluateContract } from './judge.ts';
import { runCommand, endedRun } from './run-command.ts';
import { ROLLBOOK, type IncidentContext } from './incident-context.ts';
import { definitionOf } from '#shared/steps/registry.ts';

export const isRead = (command: Command): boolean => command.effect === 'read';

/**
 * Runs the commands in order and stops at the first failure. Codes: those of runCommand and failedRead, `not-allowed`
 * (wrong target).
 */
export async function runReads(
  context: IncidentContext,
  step: Step,
  commands: readonly Command[],
  actor: string,
): Promise<void> {
  for (const command of commands) {
    const ran = await runCommand(context, step, { ...command, effect: 'read' }, actor);
    const ended = evaluateContract(context, step, endedRun(ran));
    if (ended.wrongTarget != null) {
      throw new RollbookError('not-allowed', ended.wrongTarget, 'Find out why before anything else is run with it.');
    }
    if (ran.exit.kind !== 'code' || breach(ended) !== null) throw failedRead(context, ran.runId, command.text);
  }
  await endWhenDone(context, step);
}

/** Ends a step that has only read-only commands as `done`, once the newest run of each succeeded. */
export async function endWhenDone(context: IncidentContext, step: Step): Promise<void> {
  const onlyReads =
    definitionOf(step).provenBy === 'commands' && step.checks.length === 0 && step.commands.every(isRead);
  const runs = runsOfStep(context.eventLog.state, step.id);
  // The newest run of each command counts.
  const succeeded = (command: Command): boolean => {
    const exit = runs.findLast((run) => run.commandId === command.id)?.exit;
    return exit?.kind === 'code' && (command.expects?.exit ?? [0]).includes(exit.code);
  };
  if (!onlyReads || !step.commands.every(succeeded)) return;
  await context.eventLog.append(ROLLBOOK, [
    { kind: 'step.ended', payload: { stepId: step.id, outcome: 'done', reason: '', observed: null, dueAt: null } },
  ]);
}

/** The error for a read-only command that failed. Codes: `login-expired`, `environment`. */
export function failedRead(context: IncidentContext, runId: string, text: string): RollbookError {
  const run = context.eventLog.state.runs.get(runId);
  const advice =
    run?.explanation?.next ?? 'Look at its output, then do it again or run it elsewhere and paste the result.';
  const what = run?.explanation?.sentence ?? 'It did not succeed.';
  const code = run?.explanation?.code === 'login-expired' ? 'login-expired' : 'environment';
  return new RollbookError(code, `${text}: ${what}`, advice);
}
