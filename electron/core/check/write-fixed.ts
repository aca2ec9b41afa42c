/** A corrected copy of a runbook and what differs from it; the runbook itself is never written. */
import { basename, extname } from 'node:path';
import { RollbookError } from '#shared/contract/result.ts';
import type { CheckResult, Finding } from '#shared/check/finding.ts';
import type { FixedView } from '#shared/check/check-view.ts';
import { inThread } from '#core/untrusted/in-thread.ts';
import { writeWhole } from '#core/files/write-whole.ts';

export interface FixInput {
  /** Absolute path of the runbook. */
  readonly original: string;
  /** Absolute path of the copy; null: beside the runbook, as NAME.fixed.md. */
  readonly output: string | null;
  /** The text of the file, raw and repaired. */
  readonly raw: string;
  readonly source: string;
  readonly result: CheckResult;
}

/** Codes: `bad-arguments` (the copy would be the runbook itself), `store-unwritable`, `disk-full`. */
export async function writeFixed({ original, output, raw, source, result }: FixInput): Promise<FixedView> {
  const name = basename(original);
  const ending = extname(original);
  const path = output ?? `${original.slice(0, original.length - ending.length)}.fixed${ending}`;
  if (path === original) {
    throw new RollbookError('bad-arguments', `${name} would be overwritten.`, 'Give -o another path than the runbook.');
  }
  const made = await inThread('fix', { raw, source, name, findings: result.findings }, name);
  // The copy is made from the repaired text, so damaged symbols are put right in any case.
  const repaired = ({ rule }: Finding): boolean => rule === 'mojibake';
  const { text, diff } = made;
  const applied = [...made.applied, ...made.advice.filter(repaired)].toSorted((a, b) => a.line - b.line);
  const advice = made.advice.filter((finding) => !repaired(finding));
  const diffPath = `${path}.diff`;
  writeWhole(path, text, 'The corrected copy');
  writeWhole(diffPath, diff, 'The diff');
  return { path, diffPath, diff, applied, advice };
}
