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

/** The commands of a change that are marked as its post-condition. Whether they are is up to the kind: see steps/proofs.ts. */
export const provingCommands = ({ commands }: Pick<Step, 'commands'>): readonly Command[] =>
  commands.every(({ effect }) => effect === 'read') ? [] : commands.filter(({ proves }) => proves !== undefined);
