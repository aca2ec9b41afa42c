/** The findings of a runbook check. */

/** `error`: the command does not exist, hangs, hides a failure or does harm; `warning`: fragile or redundant; `note`: good to know. */
export const SEVERITIES = ['error', 'warning', 'note'] as const;
export type FindingSeverity = (typeof SEVERITIES)[number];

/** A change to the repaired text that `--fix` makes; offsets in UTF-16 units, `end` exclusive. */
export interface SourceEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Finding {
  /** Name of the rule, as in registry.ts. */
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
  /** Source of the fact: a tool's version and source file, or its documentation. */
  readonly source?: string;
  /** "checked against /usr/bin/git 2.39.5" or "not checked against your binary"; absent where no tool was needed. */
  readonly checked?: string;
}

export interface CheckResult {
  /** The gravest first (gravity.ts). */
  readonly findings: readonly Finding[];
  readonly summary: Readonly<Record<FindingSeverity, number>> & {
    /** Number of checked commands. */
    readonly commands: number;
  };
  /** Unknown programs: whether their commands exist was not checked. */
  readonly unchecked: readonly string[];
}
