import { KNOWN } from '#shared/runbook-check/grammar/known-tools.ts';
import type { Rule, RuleInput } from '#shared/runbook-check/rule.ts';
import { type Call, readScript } from '#shared/runbook-check/script.ts';

/** Shell text as one step of a runbook: each line with nothing stateful in it would be a command of its own. */
export function inputOf(text: string, step: RuleInput['step'] = null, earlier: readonly Call[] = []): RuleInput {
  return { script: readScript(text), step, earlier, knowledge: KNOWN };
}

export const problemsOf = (rule: Rule, text: string, step: RuleInput['step'] = null): readonly string[] =>
  rule.check(inputOf(text, step)).map(({ message }) => message);
