/** The post-condition of a plain step: the commands that the runbook marks `proof`, and their rules. */
import { ROLLBOOK, type IncidentContext } from '#core/engine/incident-context.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import type { Look } from '#shared/incident/outcome-contract.ts';
import { brokenRule, unseenRule } from '#shared/runbook/expectation.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import { proofsOf } from '#shared/steps/proofs.ts';
import { type Ran, runCommand, endedRun } from '#core/engine/run-command.ts';
import { rulesOf } from '#core/engine/judge.ts';
import type { StepEffects } from './step-effects.ts';
import { ranOnWrongTarget } from '#shared/platforms/registry.ts';

/** Time between two checks, ms, incident clock. Long waits check less often, because each check adds events. */
const LOOK_EVERY_MS = 2_000;
const LOOKS_AT_MOST = 30;

export const task: StepEffects = { look: lookByCommands };

/** Runs the commands marked `proof`. Codes: those of runCommand, and `environment` when a rule could not see the whole output. */
export async function lookByCommands(context: IncidentContext, step: Step): Promise<PayloadOf<'proof.evaluated'>> {
  const findings: Look[] = [];
  for (const command of proofsOf(step)) findings.push(await lookAt(context, step, command));
  const met = findings.length > 0 && findings.every((look) => look.met);
  return { stepId: step.id, met, before: [], after: [], findings };
}

/** Repeats a proof command until its rules pass or `within` is over. The last check counts. */
async function lookAt(context: IncidentContext, step: Step, command: Command): Promise<Look> {
  const { clock } = context.adapter;
  const withinMs = command.proves?.withinMs ?? 0;
  const until = clock.now() + withinMs;
  const pauseMs = Math.max(LOOK_EVERY_MS, withinMs / LOOKS_AT_MOST);
  for (;;) {
    const ran = await runCommand(context, step, { ...command, effect: 'read' }, ROLLBOOK);
    // Rollbook is shutting down: an unfinished wait proves nothing.
    context.letGo.throwIfAborted();
    const broken = brokenProof(context, command, ran);
    const about = `\`${command.text}\``;
    if (broken === null) return { rule: command.id, met: true, detail: `${about} says what it has to say.` };
    if (clock.now() >= until) return { rule: command.id, met: false, detail: `${about}: ${broken}` };
    await clock.sleep(pauseMs, context.letGo);
  }
}

/** A sentence on the broken rule; null: all rules passed. Code: `environment` when a rule could not see the whole output. */
function brokenProof(context: IncidentContext, command: Command, ran: Ran): string | null {
  if (ran.exit.kind !== 'code') return 'It did not end by itself.';
  const { output } = endedRun(ran);
  const rules = rulesOf(context, command);
  const broken =
    ranOnWrongTarget(context.runbook, command.text, output.text) ?? brokenRule(rules, ran.exit.code, output);
  const unseen = broken === null ? unseenRule(rules, output) : null;
  if (unseen === null) return broken;
  throw new RollbookError('environment', `\`${command.text}\`: ${unseen}`, 'Have it print less.');
}
