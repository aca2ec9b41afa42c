/** Rules about the runbook as a whole: its targets, policies and dates, and what a step does without proof. */
import type { Runbook } from '../runbook/model.ts';
import type { FindingSeverity } from './finding.ts';

export interface RunbookInput {
  readonly model: Runbook;
  /** The repaired text the model's positions are in. */
  readonly source: string;
  /** ms since the epoch; null when rules about dates are to say nothing. */
  readonly now: number | null;
}

/** What a rule found; offsets are in the source. */
export interface RunbookProblem {
  readonly start: number;
  readonly end: number;
  /** What is shown in place of the text there, where that must not be. */
  readonly shown?: string;
  readonly message: string;
  readonly fix?: string;
  readonly source?: string;
}

export interface RunbookRule {
  readonly name: string;
  readonly severity: FindingSeverity;
  /** One sentence for the list of rules. */
  readonly about: string;
  /** Whole runbooks the rule finds fault with; `now` of the examples is 2026-11-23. */
  readonly bad: readonly string[];
  readonly good: readonly string[];
  readonly check: (input: RunbookInput) => readonly RunbookProblem[];
}
