/** Variables `from: prompt`: which a step still needs before its commands can be run. */
import type { Runbook, Step, StepKind, Variable } from '#shared/runbook/model.ts';
import type { IncidentState } from './state.ts';

export type PromptVariable = Extract<Variable, { from: 'prompt' }> & { readonly name: string };

/** Kinds whose commands are run as the runbook writes them; the others fill in what they have chosen themselves. */
const AS_WRITTEN: ReadonlySet<StepKind> = new Set<StepKind>([
  'task',
  'confirm-effective',
  'watch',
  'deploy-release',
  'deploy-releases',
  'maintenance-on',
  'maintenance-off',
  'build-release',
  'run-manual-sql',
]);

/** In the order their commands name them. */
export function missingValues(state: IncidentState, runbook: Runbook, step: Step): readonly PromptVariable[] {
  if (!AS_WRITTEN.has(step.kind)) return [];
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
