/** The variables of a command: its text with their values, and the values a person still has to give. */
import type { Command, Runbook, Step, Variable } from '#shared/runbook/model.ts';
import { platformOf } from '#shared/runbook/services.ts';
import { shellQuote } from '#shared/runbook/shell-quote.ts';
import type { ImageFact } from './topics/event-parts.ts';
import type { IncidentState } from './state.ts';
import { definitionOf } from '#shared/steps/registry.ts';

/**
 * The command with the incident's values, as a person would type it. Secrets and variables without a value stay as
 * written.
 */
export function commandText(command: Command, state: IncidentState, runbook: Runbook, back?: ImageFact): string {
  const text = textWithValues(command.text, state, runbook, back);
  const generic = platformOf(runbook, state.declared.service) === 'generic';
  return state.choice?.immediate === true && !generic && command.effect === 'change'
    ? `${text} --strategy immediate`
    : text;
}

/** The same for any text of a command. */
export function textWithValues(written: string, state: IncidentState, runbook: Runbook, back?: ImageFact): string {
  const service = runbook.settings.services.find(({ id }) => id === state.declared.service);
  const valueOf = (name: string): string | undefined => {
    const variable = runbook.settings.variables[name];
    return (
      variable &&
      {
        'service.id': state.declared.service,
        'service.health': service?.health,
        'release.version':
          back === undefined
            ? (state.choice?.label ?? state.choice?.version.toString())
            : (back.label ?? back.version?.toString()),
        'release.image': back?.image ?? state.choice?.image,
        environment: undefined,
        prompt: state.branches.values[name]?.value ?? undefined,
      }[variable.from]
    );
  };
  return written.replace(WORD_WITH_VARIABLE, (whole, quoted?: string) => {
    let known = true;
    const word = (quoted ?? whole).replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced?: string, plain?: string) => {
      const value = valueOf(braced ?? plain ?? '');
      known &&= value !== undefined;
      return value ?? '';
    });
    return known ? shellQuote([word]) : whole;
  });
}

/** A quoted text with a variable, or a bare variable with the rest of its path. */
const WORD_WITH_VARIABLE = /"([^"\\]*\$\{?\w[^"\\]*)"|\$(?:\{\w+\}|\w+)(?:\/[\w.-]+)*/g;

/**
 * The deploy command of a step with the image that ran before `choice`, as window and terminal show it before the change;
 * null when that image is not known. `service`: for a step that deploys several.
 */
export function undoText(
  step: Step,
  state: IncidentState,
  runbook: Runbook,
  choice: NonNullable<IncidentState['choice']>,
  service: string = state.declared.service,
): string | null {
  const command = step.commands.find(({ effect }) => effect !== 'read');
  if (command === undefined || choice.from.image === '') return null;
  const before = { ...state, declared: { ...state.declared, service }, choice };
  return commandText(command, before, runbook, choice.from);
}

/** What to set in the environment before running the command by hand, so that it finds its database; null: nothing. */
export const handNote = ({ database }: Pick<Command, 'database'>): string | null =>
  database === undefined
    ? null
    : `Its database is that of $${database}. By hand, set PGHOST, PGPORT, PGUSER, PGDATABASE and PGPASSWORD from it first; Rollbook does it for you.`;

export type PromptVariable = Extract<Variable, { from: 'prompt' }> & { readonly name: string };

/** Variables `from: prompt` that the step's commands use and nobody has given yet, in order of use. */
export function missingValues(state: IncidentState, runbook: Runbook, step: Step): readonly PromptVariable[] {
  if (definitionOf(step).commands === 'filled-in') return [];
  const names = new Set(step.commands.flatMap(({ variables }) => variables));
  return [...names].flatMap((name): readonly PromptVariable[] => {
    const variable = runbook.settings.variables[name];
    if (variable?.from !== 'prompt' || state.branches.values[name] !== undefined) return [];
    return [{ ...variable, name }];
  });
}

/** Why this is not a value at all (empty, or several lines), or null. */
export function notGiven({ name, ask }: Pick<PromptVariable, 'name' | 'ask'>, value: string): string | null {
  if (value.trim() === '') return `${name} is empty (${ask}).`;
  return /[\0\r\n]/.test(value) ? `${name} has more than one line.` : null;
}
