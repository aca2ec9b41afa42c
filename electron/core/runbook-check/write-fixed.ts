/** Writes a corrected copy of a runbook and a diff; the runbook itself is never written. */
import { basename, extname } from 'node:path';
import { RollbookError } from '#shared/api/result.ts';
import type { CheckResult, Finding } from '#shared/runbook-check/finding.ts';
import type { FixedView } from '#shared/runbook-check/check-view.ts';
import { inThread } from '#core/untrusted/in-thread.ts';
import { writeWhole } from '#core/files/write-whole.ts';

interface FixInput {
  /** Absolute path of the runbook. */
  readonly original: string;
  /** Absolute path of the copy; null: beside the runbook, as NAME.fixed.md. */
  readonly output: string | null;
  /** The text of the file, and the repaired text. */
  readonly raw: string;
  readonly source: string;
  readonly result: CheckResult;
}

/** Throws `bad-arguments` (the copy would be the runbook itself), `store-unwritable`, `disk-full`. */
export async function writeFixed({ original, output, raw, source, result }: FixInput): Promise<FixedView> {
  const name = basename(original);
  const ending = extname(original);
  const path = output ?? `${original.slice(0, original.length - ending.length)}.fixed${ending}`;
  if (path === original) {
    throw new RollbookError('bad-arguments', `${name} would be overwritten.`, 'Give -o a path other than the runbook.');
  }
  const made = await inThread('fix', { raw, source, name, findings: result.findings }, name);
  // The copy is made from the repaired text, so it has no damaged symbols.
  const repaired = ({ rule }: Finding): boolean => rule === 'mojibake';
  const { text, diff } = made;
  const applied = [...made.applied, ...made.advice.filter(repaired)].toSorted((a, b) => a.line - b.line);
  const advice = made.advice.filter((finding) => !repaired(finding));
  const diffPath = `${path}.diff`;
  writeWhole(path, text, 'The corrected copy');
  writeWhole(diffPath, diff, 'The diff');
  return { path, diffPath, diff, applied, advice };
}
