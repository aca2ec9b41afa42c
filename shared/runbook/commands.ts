/** Selects commands of a runbook. */
import type { Command, Runbook, Step } from './model.ts';

/** The commands of the procedures, in the order written, then all others. */
export const allCommands = ({
  procedures,
  otherCommands,
}: Pick<Runbook, 'procedures' | 'otherCommands'>): readonly Command[] => [
  ...procedures.flatMap(({ steps }) => steps.flatMap(({ commands }) => commands)),
  ...otherCommands,
];

/** The commands that can be run: of the procedures, and of the branches of common issues. */
export const runCommands = ({
  procedures,
  issues = [],
}: Pick<Runbook, 'procedures' | 'issues'>): readonly Command[] => [
  ...procedures.flatMap(({ steps }) => steps.flatMap(({ commands }) => commands)),
  ...issues.flatMap(({ branches }) => branches.flatMap(({ commands }) => commands)),
];

/** True if a command calls the tool, also in a pipe or loop. */
export const callsTool = (text: string, tool: string): boolean =>
  new RegExp(`(?:^|[\\s;|&(])${tool}(?:ctl)?\\s`).test(text);

/** The commands that are the post-condition of a step. Only plain steps are proven by commands; other kinds have their own proof. */
export function proofsOf({ kind, commands }: Pick<Step, 'kind' | 'commands'>): readonly Command[] {
  if (kind !== 'task' || commands.every(({ effect }) => effect === 'read')) return [];
  return commands.filter(({ proves }) => proves !== undefined);
}
