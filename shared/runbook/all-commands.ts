import type { Command, Runbook } from './model.ts';

/** Those of the procedures, in the order written, then those that stand elsewhere. */
export const allCommands = ({
  procedures,
  otherCommands,
}: Pick<Runbook, 'procedures' | 'otherCommands'>): readonly Command[] => [
  ...procedures.flatMap(({ steps }) => steps.flatMap(({ commands }) => commands)),
  ...otherCommands,
];

/** Whether a command calls the tool; calls in pipes and loops count too. */
export const callsTool = (text: string, tool: string): boolean =>
  new RegExp(`(?:^|[\\s;|&(])${tool}(?:ctl)?\\s`).test(text);
