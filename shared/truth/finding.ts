/** What the truth check says about one command of a runbook. */

/** `error`: does not exist, hangs, lies or does harm; `warning`: fragile or redundant; `note`: good to know. */
export const SEVERITIES = ['error', 'warning', 'note'] as const;
export type FindingSeverity = (typeof SEVERITIES)[number];

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
  /** Where the fact comes from: a tool's version and source file, or its documentation. */
  readonly source?: string;
}

export interface CheckResult {
  /** By line, then column, then rule. */
  readonly findings: readonly Finding[];
  readonly summary: Readonly<Record<FindingSeverity, number>> & {
    /** How many commands were looked at. */
    readonly commands: number;
  };
}
