/** Programs a runbook calls of which nothing is known: whether their commands exist cannot be told. */
import { EVERYWHERE, IN_SHELL } from './common-programs.ts';
import type { RuleInput } from './rule.ts';

/** What they can do wrong is the rules' business. */
const COMMON: ReadonlySet<string> = new Set([
  ...IN_SHELL,
  ...EVERYWHERE,
  ...'column jq logger man nc pgrep ping pkill sudo timeout watch zip unzip yes'.split(' '),
]);

/** Their names, each once, in the order they are called. */
export const uncheckedTools = (inputs: readonly Pick<RuleInput, 'script' | 'knowledge'>[]): readonly string[] => [
  ...new Set(
    inputs.flatMap(({ script, knowledge }) =>
      script.calls
        .map(({ tool }) => tool)
        .filter((tool) => /^[a-z][\w.-]*$/i.test(tool) && !COMMON.has(tool) && !knowledge.has(tool)),
    ),
  ),
];
