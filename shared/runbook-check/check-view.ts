/** The result of a runbook check, as windows and the command line receive it. */
import type { AskableProgram } from './approved-program.ts';
import type { CheckResult, Finding } from './finding.ts';

export interface ProbedTool {
  readonly tool: string;
  readonly path: string | null;
  readonly version: string | null;
  /** Why its help was not read; null when it was. */
  readonly why: string | null;
}

/** A program that a step calls and that is not on this machine. */
export interface MissingProgram {
  readonly tool: string;
  /** Line of the first call, from 1. */
  readonly line: number;
  readonly message: string;
  readonly fix: string;
}

export interface CheckReport extends CheckResult {
  readonly probed: boolean;
  /** The tools that the runbook calls and whose help can be read. */
  readonly tools: readonly ProbedTool[];
  /** In the order of their calls; empty with `--no-probe`. */
  readonly missing: readonly MissingProgram[];
  /** Unknown programs whose help may be read if a person approves. */
  readonly askable: readonly AskableProgram[];
}

export interface CheckView extends CheckReport {
  /** ms since the epoch. */
  readonly checkedAt: number;
}

/** The result of `--fix`: absolute paths of the corrected copy and its diff. `advice` lists what a person has to correct. */
export interface FixedView {
  readonly path: string;
  readonly diffPath: string;
  readonly diff: string;
  readonly applied: readonly Finding[];
  readonly advice: readonly Finding[];
}
