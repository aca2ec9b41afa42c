/** The runbook check as windows and the command line get it. */
import type { AskableProgram } from './approved-program.ts';
import type { CheckResult, Finding } from './finding.ts';

export interface ProbedTool {
  readonly tool: string;
  readonly path: string | null;
  readonly version: string | null;
  /** Why it was not asked; null when it was. */
  readonly why: string | null;
}

/** A program that a step calls and that is not on this machine. */
export interface MissingProgram {
  readonly tool: string;
  /** Where it is called first, from 1. */
  readonly line: number;
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
}

export interface CheckReport extends CheckResult {
  readonly probed: boolean;
  /** Each tool the runbook calls that could be asked, and why it was not. */
  readonly tools: readonly ProbedTool[];
  /** By where they are called; empty where the machine was not looked at (`--no-probe`). */
  readonly missing: readonly MissingProgram[];
  /** Programs nothing is known of, which a person may allow to be asked. */
  readonly askable: readonly AskableProgram[];
}

export interface CheckView extends CheckReport {
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
