/** What the runbook check says about one command of a runbook. */

/** `error`: does not exist, hangs, lies or does harm; `warning`: fragile or redundant; `note`: good to know. */
export const SEVERITIES = ['error', 'warning', 'note'] as const;
export type FindingSeverity = (typeof SEVERITIES)[number];

/** A change to the repaired text that `--fix` makes; offsets in UTF-16 units, `end` exclusive. */
export interface SourceEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Finding {
  /** Name of the rule, as in rules.ts. */
  readonly rule: string;
  readonly severity: FindingSeverity;
  /** In the repaired text, both from 1; the column counts UTF-16 units. */
  readonly line: number;
  readonly column: number;
  /** The command as written. */
  readonly command: string;
  readonly message: string;
  /** What to write or do instead. */
  readonly fix?: string;
  /** Present when the fix can be made without a person; otherwise `fix` is advice. */
  readonly edits?: readonly SourceEdit[];
  /** Where the fact comes from: a tool's version and source file, or its documentation. */
  readonly source?: string;
  /** What decided it: "checked against /usr/bin/git 2.39.5" or "not checked against your binary"; absent where no tool is asked. */
  readonly checked?: string;
}

export interface CheckResult {
  /** By line, then column, then rule. */
  readonly findings: readonly Finding[];
  readonly summary: Readonly<Record<FindingSeverity, number>> & {
    /** How many commands were looked at. */
    readonly commands: number;
  };
  /** Programs that are called and of which nothing is known: whether their commands exist was not looked at. */
  readonly unchecked: readonly string[];
}
