import type { Command, Step } from '../runbook/model.ts';
import type { Knowledge } from './grammar/known-tools.ts';
import type { FindingSeverity } from './finding.ts';
import type { Call, Script, Span } from './script.ts';

/** One command and what stands around it. */
export interface RuleInput {
  readonly script: Script;
  /** What the same step (or section) called before it: the last of it (LOOK_BACK). */
  readonly earlier: readonly Call[];
  /** The step it belongs to; null outside procedures. */
  readonly step: Pick<Step, 'kind' | 'checks'> | null;
  /** Where the runbook says that it runs. */
  readonly runsIn?: Command['runsIn'];
  /** What is known of the tools, by name. */
  readonly knowledge: ReadonlyMap<string, Knowledge>;
}

/** A change that can be made by itself: it keeps what the command means and only takes the fault away. */
export interface Edit extends Span {
  /** What stands there instead; '' takes it out. */
  readonly text: string;
}

/** What a rule found; the position is in the script's text. */
export interface Problem {
  readonly at: Span;
  /** What is shown in place of the call, where that must not be. */
  readonly shown?: string;
  readonly message: string;
  readonly fix?: string;
  /** Without them, the fix is advice: a person has to decide something. */
  readonly edits?: readonly Edit[];
  readonly source?: string;
  readonly checked?: string;
}

/** Puts words behind the name of the program a call runs. */
export function behindTool(call: Call, words: string): readonly Edit[] {
  const found = new RegExp(`(?:^|[\\s/])${call.tool}(?=\\s|$)`).exec(call.text);
  if (found === null) return [];
  const at = call.pos + found.index + found[0].length;
  return [{ pos: at, end: at, text: ` ${words}` }];
}

/** The call as it reads with these edits made: what the fix says is what `--fix` writes. */
export function edited(call: Call, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.pos - a.pos)
    .reduce(
      (text, edit) => text.slice(0, edit.pos - call.pos) + edit.text + text.slice(edit.end - call.pos),
      call.text,
    );
}

export interface Rule {
  readonly name: string;
  readonly severity: FindingSeverity;
  /** One sentence for the list of rules. */
  readonly about: string;
  /** Shell text the rule finds fault with, one step each. */
  readonly bad: readonly string[];
  readonly good: readonly string[];
  /** "Cannot tell" is no problem: a rule reports what it is sure of. */
  readonly check: (input: RuleInput) => readonly Problem[];
}

/** A rule that looks at one call at a time. */
export const eachCall =
  (look: (call: Call, input: RuleInput) => Problem | null) =>
  (input: RuleInput): readonly Problem[] =>
    input.script.calls.flatMap((call) => look(call, input) ?? []);

/** How many calls back a rule looks. */
export const LOOK_BACK = 200;

/** A rule that looks at one call and what was called before it, oldest first; `before` is worked out when it is asked for. */
export const eachCallAfter =
  (look: (call: Call, input: RuleInput, before: () => readonly Call[]) => Problem | null) =>
  (input: RuleInput): readonly Problem[] => {
    const { calls } = input.script;
    return calls.flatMap((call, index) => {
      const before = (): readonly Call[] =>
        [...input.earlier, ...calls.slice(Math.max(0, index - LOOK_BACK), index)].slice(-LOOK_BACK);
      return look(call, input, before) ?? [];
    });
  };
