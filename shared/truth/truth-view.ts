/** The truth check as windows and the command line get it. */
import type { AskableProgram } from './approved-program.ts';
import type { CheckResult, Finding } from './finding.ts';

export interface ProbedTool {
  readonly tool: string;
  readonly path: string | null;
  readonly version: string | null;
  /** Why it was not asked; null when it was. */
  readonly why: string | null;
}

export interface TruthResult extends CheckResult {
  readonly probed: boolean;
  /** Each tool the runbook calls that could be asked, and why it was not. */
  readonly tools: readonly ProbedTool[];
  /** Programs nothing is known of, which a person may allow to be asked. */
  readonly askable: readonly AskableProgram[];
}

export interface TruthView extends TruthResult {
  /** ms since the epoch. */
  readonly checkedAt: number;
}

/** Of `--fix`: absolute paths of the corrected copy and of its diff, and what was not corrected by itself. */
export interface FixedView {
  readonly path: string;
  readonly diffPath: string;
  readonly diff: string;
  readonly applied: readonly Finding[];
  readonly advice: readonly Finding[];
}
