/**
 * Checks a value for a variable of the runbook. Not for the page: the pattern library uses `eval`, which its policy
 * forbids.
 */
import { wholePatternOf } from '#shared/runbook/pattern.ts';
import { notGiven, type PromptVariable } from './variables.ts';

/** Why a value is not accepted, or null. The whole value has to match the pattern. */
export function refusalOf(variable: PromptVariable, value: string): string | null {
  const { name, pattern, ask } = variable;
  const missing = notGiven(variable, value);
  if (missing !== null) return missing;
  // An older pinned runbook may have a pattern that RE2 does not support: then any value is accepted.
  return pattern === '' || (wholePatternOf(pattern)?.(value) ?? true)
    ? null
    : `"${value}" is not a valid ${name}: it has to match ${pattern} (${ask}).`;
}
