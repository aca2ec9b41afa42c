/** Whether an answer to a question of the runbook can be taken. Not for the page: what matches patterns uses `eval`. */
import { wholePatternOf } from '#shared/runbook/pattern.ts';
import { notGiven, type PromptVariable } from './variables.ts';

/** Why a value cannot be taken, or null. The whole answer has to match the pattern. */
export function refusalOf(variable: PromptVariable, value: string): string | null {
  const { name, pattern, ask } = variable;
  const missing = notGiven(variable, value);
  if (missing !== null) return missing;
  // A pattern that was taken before RE2 decided asks nothing any more.
  return pattern === '' || (wholePatternOf(pattern)?.(value) ?? true)
    ? null
    : `"${value}" is no ${name}: it has to match ${pattern} (${ask}).`;
}
