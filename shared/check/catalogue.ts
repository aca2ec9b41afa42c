/** The rules as somebody reads about them: made from the rules themselves, so that it cannot say what they do not do. */
import { parseRunbook } from '../runbook/parse.ts';
import type { FindingSeverity } from './finding.ts';
import { KNOWN } from './grammar/known-tools.ts';
import type { Rule } from './rule.ts';
import { RULES } from './rules.ts';
import type { RunbookRule } from './runbook-rule.ts';
import { RUNBOOK_RULES } from './runbook-rules.ts';
import { readScript } from './script.ts';

/** What the rule says of its own bad example. */
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
  /** Where its facts come from, each once. */
  readonly sources: readonly string[];
}

/** The day on which the examples about dates are looked at. */
const EXAMPLE_DAY = Date.UTC(2026, 10, 23);

/** All rules, in the order they are checked; against the tables of known versions, no tool is asked. */
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
  const told = [...new Set(examples.flatMap(({ source }) => source ?? []))];
  // A runbook that contradicts itself needs no witness.
  const sources = told.length === 0 && holds === 'runbook' ? ['the runbook itself'] : told;
  return { name, severity, about, holds, bad: examples, good, sources };
}

const firstOfCommand = (rule: Rule, text: string): Found =>
  rule.check({ script: readScript(text), earlier: [], step: null, knowledge: KNOWN })[0];

function firstOfRunbook(rule: RunbookRule, text: string): Found {
  const { model, source } = parseRunbook(text, 'runbook.md');
  return rule.check({ model, source, now: EXAMPLE_DAY })[0];
}
