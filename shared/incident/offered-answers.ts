/** Which outputs the answers to a step's questions are looked for in, and what is offered. They are offered; anything else can be typed. */
import { type GroupsOf, readRows } from '#shared/platforms/generic/rows.ts';
import type { Choices, Runbook, Step } from '#shared/runbook/model.ts';
import { allSteps } from './branches.ts';
import { candidatesIn } from './candidates.ts';
import { type IncidentState, procedureOf, type RunState, runsOfStep } from './state.ts';

/** A value, and the column or field it stands in; '' for a line. */
export interface OfferedAnswer {
  readonly value: string;
  readonly name: string;
}

/** More than anybody reads; the rest is in the output. */
const MOST = 200;

/** The step before this one, and what it has read. */
export function readsBefore(
  state: IncidentState,
  runbook: Runbook,
  step: Step,
): { readonly before: Step | null; readonly reads: readonly RunState[] } {
  const steps = procedureOf(state, runbook)?.steps ?? [];
  const before = steps[steps.findIndex(({ id }) => id === step.id) - 1] ?? null;
  const reads = before === null ? [] : runsOfStep(state, before.id);
  return { before, reads: reads.filter(({ effect, endedAt }) => effect === 'read' && endedAt !== null) };
}

/** The reads that the declared choices are in, newest first; the first that printed something is meant. */
export const readsOfChoices = (state: IncidentState, runbook: Runbook, { of }: Choices): readonly RunState[] =>
  allSteps(runbook)
    .filter(({ id }) => id.endsWith(`/${of}`))
    .flatMap(({ id }) => runsOfStep(state, id))
    .filter(({ effect, endedAt }) => effect === 'read' && endedAt !== null)
    .toReversed();

/** The declared choices in an output, each once, in the order printed. Empty when it cannot be read in this way. */
export function choicesIn(
  { read }: Choices,
  command: string,
  lines: readonly string[],
  groupsOf: GroupsOf,
): readonly OfferedAnswer[] {
  if (read === undefined) return answersIn(lines);
  try {
    return unlike(
      readRows(command, read, lines.join('\n'), groupsOf).map(({ release }) => ({ value: release, name: '' })),
    );
  } catch {
    return [];
  }
}

/** Every value in an output, each once, in the order printed. */
export const answersIn = (lines: readonly string[]): readonly OfferedAnswer[] => unlike(candidatesIn(lines).found);

const unlike = (found: readonly OfferedAnswer[]): readonly OfferedAnswer[] =>
  [...new Map(found.map(({ value, name }) => [value, { value, name }])).values()].slice(0, MOST);
