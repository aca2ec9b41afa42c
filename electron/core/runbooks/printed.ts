/** The corrected runbook as a page for paper, from its text and what the runbook check found. */
import { parseRunbook } from '#shared/runbook/parse.ts';
import { printRunbook } from '#shared/print/print-runbook.ts';
import { checkRunbook } from '#shared/runbook-check/check-runbook.ts';
import type { Finding } from '#shared/runbook-check/finding.ts';
import { correct } from '#shared/runbook-check/fix.ts';

export interface ToPrint {
  readonly name: string;
  readonly hash: string;
  readonly source: string;
  /** Findings in `source`. */
  readonly findings: readonly Finding[];
  /** ms since the epoch. */
  readonly now: number;
}

export interface Printed {
  readonly html: string;
  readonly corrected: number;
}

/** Pure but for parsing: the same text gives the same page. */
export function printed({ name, hash, source, findings, now }: ToPrint): Printed {
  const { text, applied } = correct(source, findings);
  const { model, tree, source: correctedSource } = parseRunbook(text, name);
  // Lines moved with the corrections: what is left is looked for again, by the tables, without asking a tool.
  const left = checkRunbook(model, correctedSource, { now }).findings;
  return {
    html: printRunbook({ model, tree, corrected: applied, findings: left, hash, printedAt: now }),
    corrected: applied.length,
  };
}
