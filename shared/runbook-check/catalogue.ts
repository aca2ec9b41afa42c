/** The list of rules that `rollbook rules` prints. Its examples are checked by the rules, so that they are always true. */
import { parseRunbook } from '../runbook/parse.ts';
import type { FindingSeverity } from './finding.ts';
import { KNOWN } from './grammar/known-tools.ts';
import type { Rule, RunbookRule } from './rule.ts';
import { RULES, RUNBOOK_RULES } from './registry.ts';
import { readScript } from './script.ts';

/** An example and what the rule reports for it. */
export interface Example {
  readonly text: string;
  readonly message: string;
  readonly fix: string | null;
  readonly source: string | null;
}

export interface RuleEntry {
  readonly name: string;
  readonly severity: FindingSeverity;
  readonly about: string;
  /** `command`: the examples are shell text; `runbook`: they are whole Markdown files. */
  readonly holds: 'command' | 'runbook';
  readonly bad: readonly Example[];
  readonly good: readonly string[];
  /** Sources of its facts, each once. */
  readonly sources: readonly string[];
}

/** The current date for examples about dates. */
const EXAMPLE_DAY = Date.UTC(2026, 10, 23);

/** All rules, in the order they are checked. Uses the tables of known versions; no tool is run. */
export const ruleCatalogue = (): readonly RuleEntry[] => [
  ...RULES.map((rule) => entryOf(rule, 'command', (text) => firstOfCommand(rule, text))),
  ...RUNBOOK_RULES.map((rule) => entryOf(rule, 'runbook', (text) => firstOfRunbook(rule, text))),
];

type Found = { readonly message: string; readonly fix?: string; readonly source?: string } | undefined;

function entryOf(
  { name, severity, about, bad, good }: Rule | RunbookRule,
  holds: RuleEntry['holds'],
  find: (text: string) => Found,
): RuleEntry {
  const examples = bad.map((text): Example => {
    const found = find(text);
    return { text, message: found?.message ?? '', fix: found?.fix ?? null, source: found?.source ?? null };
  });
  const known = [...new Set(examples.flatMap(({ source }) => source ?? []))];
  // For a runbook that contradicts itself, no other source is needed.
  const sources = known.length === 0 && holds === 'runbook' ? ['the runbook itself'] : known;
  return { name, severity, about, holds, bad: examples, good, sources };
}

const firstOfCommand = (rule: Rule, text: string): Found =>
  rule.check({ script: readScript(text), earlier: [], step: null, knowledge: KNOWN })[0];

function firstOfRunbook(rule: RunbookRule, text: string): Found {
  const { model, source } = parseRunbook(text, 'runbook.md');
  return rule.check({ model, source, now: EXAMPLE_DAY })[0];
}
