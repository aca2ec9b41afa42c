/** Variables `from: prompt`: which a step still needs before its commands can be run. */
import type { Runbook, Step, Variable } from '#shared/runbook/model.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import type { IncidentState } from './state.ts';

export type PromptVariable = Extract<Variable, { from: 'prompt' }> & { readonly name: string };

/** In the order their commands name them. */
export function missingValues(state: IncidentState, runbook: Runbook, step: Step): readonly PromptVariable[] {
  if (definitionOf(step).commands === 'filled-in') return [];
  const names = new Set(step.commands.flatMap(({ variables }) => variables));
  return [...names].flatMap((name): readonly PromptVariable[] => {
    const variable = runbook.settings.variables[name];
    if (variable?.from !== 'prompt' || state.branches.values[name] !== undefined) return [];
    return [{ ...variable, name }];
  });
}

/** Why a value is none, whatever it has to match; null: it is one. */
export function notGiven({ name, ask }: Pick<PromptVariable, 'name' | 'ask'>, value: string): string | null {
  if (value.trim() === '') return `${name} is empty (${ask}).`;
  return /[\0\r\n]/.test(value) ? `${name} has more than one line.` : null;
}
