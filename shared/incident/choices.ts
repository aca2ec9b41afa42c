/** Answers to a question, out of what a step printed before it. They are offered; anything else can be typed. */
import { type GroupsOf, readRows } from '#shared/platforms/generic/rows.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { allSteps } from './branches.ts';
import { type IncidentState, type RunState, runsOfStep } from './state.ts';
import type { PromptVariable } from './variables.ts';

const MOST = 20;

/**
 * The values in the newest output of the step, each once, in the order printed. Empty: the question has no such step, the
 * step printed nothing yet, or its output cannot be read in this way.
 */
export function choicesOf(
  state: IncidentState,
  runbook: Runbook,
  { choices }: Pick<PromptVariable, 'choices'>,
  groupsOf: GroupsOf,
): readonly string[] {
  if (choices === undefined) return [];
  const runs = allSteps(runbook)
    .filter(({ id }) => id.endsWith(`/${choices.of}`))
    .flatMap(({ id }) => runsOfStep(state, id));
  const newest = runs.findLast(({ effect, excerpt }) => effect === 'read' && excerpt.trim() !== '');
  if (newest === undefined) return [];
  return [...new Set(valuesIn(newest, choices.read, groupsOf))].slice(0, MOST);
}

function valuesIn(
  { template, excerpt }: RunState,
  read: NonNullable<PromptVariable['choices']>['read'],
  groupsOf: GroupsOf,
) {
  try {
    return readRows(template, read, excerpt, groupsOf).map(({ release }) => release);
  } catch {
    return [];
  }
}
