/** Answers to a step's questions out of the stored outputs of what was read before it. */
import {
  answersIn,
  choicesIn,
  type OfferedAnswer,
  readsBefore,
  readsOfChoices,
} from '#shared/incident/offered-answers.ts';
import type { RunState } from '#shared/incident/state.ts';
import { refusalOf } from '#shared/incident/value-refusal.ts';
import { missingValues, type PromptVariable } from '#shared/incident/variables.ts';
import { namedGroupsOf } from '#shared/runbook/pattern.ts';
import type { Step } from '#shared/runbook/model.ts';
import { safeToShow } from '#shared/words/visible.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';

/** So many lines of an output are read; a list to choose from is shorter. */
const LINES = 20_000;

/**
 * By the name of the variable: its declared choices, or else the values in what the step before has read that the variable
 * accepts. A secret has none.
 */
export async function answersFor(
  context: IncidentContext,
  step: Step,
): Promise<Readonly<Record<string, readonly OfferedAnswer[]>>> {
  const asked = missingValues(context.eventLog.state, context.runbook, step).filter(({ secret }) => !secret);
  return Object.fromEntries(
    await Promise.all(asked.map(async (each) => [each.name, await answersOf(context, step, each)])),
  );
}

async function answersOf(
  context: IncidentContext,
  step: Step,
  variable: PromptVariable,
): Promise<readonly OfferedAnswer[]> {
  const { runbook } = context;
  const { state } = context.eventLog;
  const { choices } = variable;
  const accepted = (found: readonly OfferedAnswer[]) =>
    found.filter(({ value }) => refusalOf(variable, value) === null);
  if (choices === undefined) {
    const { reads } = readsBefore(state, runbook, step);
    const lines = await Promise.all(reads.map(async (run) => await linesOf(context, run)));
    return accepted(lines.flatMap(answersIn));
  }
  for (const run of readsOfChoices(state, runbook, choices)) {
    const lines = await linesOf(context, run);
    if (lines.some((line) => line.trim() !== ''))
      return accepted(choicesIn(choices, run.template, lines, namedGroupsOf));
  }
  return [];
}

/** What it printed on its standard output, or what was pasted, without colors. */
async function linesOf({ outputs }: IncidentContext, run: RunState): Promise<readonly string[]> {
  if (run.byHand) return run.excerpt.split(/\r?\n/);
  const { lines } = await outputs.readLines(run.runId, 0, LINES);
  return lines.filter(({ stream }) => stream === 'stdout').map(({ text }) => safeToShow(text, 'leave-out'));
}
