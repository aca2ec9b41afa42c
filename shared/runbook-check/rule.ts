import type { Command, Runbook, Step } from '../runbook/model.ts';
import type { Knowledge } from './grammar/known-tools.ts';
import type { FindingSeverity } from './finding.ts';
import type { Call, Script, Span } from './script.ts';

/** The input of a rule about commands: one command and its surroundings. */
export interface RuleInput {
  readonly script: Script;
  /** The calls before it in the same step (or section), at most LOOK_BACK of them. */
  readonly earlier: readonly Call[];
  /** The step it belongs to; null outside procedures. */
  readonly step: Pick<Step, 'kind' | 'checks'> | null;
  /** The blanks that nobody is asked for; `read-only`: Rollbook never runs the command. Absent: all of them. */
  readonly blanks?: ReadonlySet<string> | 'read-only';
  /** More commands stand below it in the same code block. */
  readonly followed?: boolean;
  /** Its result decides something: it is a proof, or the look of a watch. */
  readonly decides?: boolean;
  /** Where the runbook says it has to run. */
  readonly runsIn?: Command['runsIn'];
  /** The known commands of each tool, by name. */
  readonly knowledge: ReadonlyMap<string, Knowledge>;
}

/** A change that `--fix` can make without a person: it removes the fault and keeps the meaning of the command. */
export interface Edit extends Span {
  /** The new text; '' removes what was there. */
  readonly text: string;
}

/** A fault that a rule found in a command. */
export interface Problem {
  /** In the script's text. */
  readonly at: Span;
  /** Shown instead of the command, where that must not be shown (a secret). */
  readonly shown?: string;
  readonly message: string;
  /** Where it is graver or slighter than the rule's findings are as a rule. */
  readonly severity?: FindingSeverity;
  readonly fix?: string;
  /** Without edits, `fix` is advice: a person has to decide something. */
  readonly edits?: readonly Edit[];
  readonly source?: string;
  readonly checked?: string;
}

/** Inserts words after the name of the program. */
export function afterTool(call: Call, words: string): readonly Edit[] {
  const found = new RegExp(`(?:^|[\\s/])${call.tool}(?=\\s|$)`).exec(call.text);
  if (found === null) return [];
  const at = call.pos + found.index + found[0].length;
  return [{ pos: at, end: at, text: ` ${words}` }];
}

/** The text of the call with the edits made, so that the shown fix is what `--fix` writes. */
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
  /** Examples that the rule reports, one script each. */
  readonly bad: readonly string[];
  readonly good: readonly string[];
  /** Reports only what is certain. */
  readonly check: (input: RuleInput) => readonly Problem[];
}

/** The `check` of a rule that needs one call at a time. */
export const eachCall =
  (look: (call: Call, input: RuleInput) => Problem | null) =>
  (input: RuleInput): readonly Problem[] =>
    input.script.calls.flatMap((call) => look(call, input) ?? []);

/** How many earlier calls a rule may look at. */
export const LOOK_BACK = 200;

/** The `check` of a rule that needs a call and the calls before it, oldest first. `before` is a function because few calls need it. */
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

/** The input of a rule about the runbook as a whole. */
export interface RunbookInput {
  readonly model: Runbook;
  /** The repaired text the model's positions are in. */
  readonly source: string;
  /** ms since the epoch; null: rules about dates report nothing. */
  readonly now: number | null;
}

/** A fault that a rule found in the runbook; offsets are in the source. */
export interface RunbookProblem {
  readonly start: number;
  readonly end: number;
  /** Shown instead of the text, where that must not be shown (a secret). */
  readonly shown?: string;
  readonly message: string;
  /** Where it is graver or slighter than the rule's findings are as a rule. */
  readonly severity?: FindingSeverity;
  readonly fix?: string;
  readonly source?: string;
}

export interface RunbookRule {
  readonly name: string;
  readonly severity: FindingSeverity;
  /** One sentence for the list of rules. */
  readonly about: string;
  /** Whole runbooks that the rule reports; their `now` is 2026-11-23. */
  readonly bad: readonly string[];
  readonly good: readonly string[];
  readonly check: (input: RunbookInput) => readonly RunbookProblem[];
}
