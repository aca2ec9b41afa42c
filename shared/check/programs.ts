/** The programs that the commands of a runbook need on PATH: what is part of the shell, or a file that is named by its path, is none. */
import type { Runbook } from '../runbook/model.ts';
import { IN_SHELL } from './common-programs.ts';
import { readScript, type Script, visit } from './script.ts';

export interface NeededProgram {
  readonly tool: string;
  /** Where it is called first, from 1. */
  readonly line: number;
  /** A step of a procedure calls it; otherwise only a command elsewhere in the text. */
  readonly inStep: boolean;
}

/** These bring the program themselves. */
const BRINGS_ITS_OWN: ReadonlySet<string> = new Set(['npx', 'bunx']);

/** Each once, in the order they are called; those of steps first. */
export function programsOf({
  procedures,
  otherCommands,
}: Pick<Runbook, 'procedures' | 'otherCommands'>): readonly NeededProgram[] {
  const inSteps = procedures.flatMap(({ steps }) => steps.flatMap(({ commands }) => commands));
  const found = new Map<string, NeededProgram>();
  for (const [commands, inStep] of [[inSteps, true] as const, [otherCommands, false] as const]) {
    for (const { text, line } of commands) {
      for (const tool of calledIn(readScript(text))) if (!found.has(tool)) found.set(tool, { tool, line, inStep });
    }
  }
  return [...found.values()];
}

function calledIn({ tree, calls }: Script): readonly string[] {
  const own = new Set<string>();
  visit(tree, (node) => {
    if (node.type === 'Function') own.add(node.name.value);
  });
  return calls
    .filter(({ byPath, wrappers }) => !byPath && !wrappers.some((wrapper) => BRINGS_ITS_OWN.has(wrapper)))
    .map(({ tool }) => tool)
    .filter((tool) => /^[a-z][\w.+-]*$/i.test(tool) && !IN_SHELL.has(tool) && !own.has(tool));
}
