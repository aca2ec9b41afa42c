/** The post-condition that a runbook declares for a plain step: commands that read, and what they have to say. */
import { RollbookError } from '#shared/contract/result.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import type { Look } from '#shared/incident/post-condition.ts';
import { ranOnWrongTarget } from '#shared/platforms/registry.ts';
import { brokenRule, unseenRule } from '#shared/runbook/expectation.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import { proofsOf } from '#shared/runbook/proofs.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import { rulesOf } from '#core/engine/judge.ts';
import { endedRun, type Ran, runCommand } from '#core/engine/run-command.ts';
import type { StepEffects } from './step-effects.ts';

/** Between two looks, ms of the incident's clock: each look leaves its events, so long waits look less often. */
const LOOK_EVERY_MS = 2_000;
const LOOKS_AT_MOST = 30;

export const task: StepEffects = { look: lookByCommands };

/** Codes: those of runCommand, when a proof cannot be run at all. */
async function lookByCommands(context: IncidentContext, step: Step): Promise<PayloadOf<'proof.evaluated'>> {
  const findings: Look[] = [];
  for (const command of proofsOf(step)) findings.push(await lookAt(context, step, command));
  const met = findings.length > 0 && findings.every((look) => look.met);
  return { stepId: step.id, met, before: [], after: [], findings };
}

/** Looks until it is as it has to be, or its time is over; the last look is what counts. */
async function lookAt(context: IncidentContext, step: Step, command: Command): Promise<Look> {
  const { clock } = context.adapter;
  const withinMs = command.proves?.withinMs ?? 0;
  const until = clock.now() + withinMs;
  const pauseMs = Math.max(LOOK_EVERY_MS, withinMs / LOOKS_AT_MOST);
  for (;;) {
    const ran = await runCommand(context, step, { ...command, effect: 'read' }, ROLLBOOK);
    // Rollbook is ending: what was not waited for proves nothing, neither good nor bad.
    context.letGo.throwIfAborted();
    const broken = notAsItHasToBe(context, command, ran);
    const about = `\`${command.text}\``;
    if (broken === null) return { rule: command.id, met: true, detail: `${about} says what it has to say.` };
    if (clock.now() >= until) return { rule: command.id, met: false, detail: `${about}: ${broken}` };
    await clock.sleep(pauseMs, context.letGo);
  }
}

function notAsItHasToBe(context: IncidentContext, command: Command, ran: Ran): string | null {
  if (ran.exit.kind !== 'code') return 'It did not end by itself.';
  const { output } = endedRun(ran);
  const rules = rulesOf(context, command);
  const broken =
    ranOnWrongTarget(context.runbook, command.text, output.text) ?? brokenRule(rules, ran.exit.code, output);
  const unseen = broken === null ? unseenRule(rules, output) : null;
  if (unseen === null) return broken;
  throw new RollbookError('environment', `\`${command.text}\`: ${unseen}`, 'Have it print less.');
}
