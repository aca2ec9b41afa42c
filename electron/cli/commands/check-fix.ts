/** `rollbook check --fix`: a corrected copy and what differs; the runbook itself is never written. */
import { basename, extname, relative, resolve } from 'node:path';
import { RollbookError } from '#shared/contract/result.ts';
import type { CheckResult, Finding } from '#shared/truth/finding.ts';
import { correct } from '#shared/truth/fix.ts';
import { unifiedDiff } from '#shared/truth/unified-diff.ts';
import { writeWhole } from '#core/files/write-whole.ts';

export interface FixInput {
  readonly cwd: string;
  /** As the person gave it. */
  readonly file: string;
  readonly output: string | undefined;
  /** The text as it stands in the file, and repaired. */
  readonly raw: string;
  readonly source: string;
  readonly result: CheckResult;
}

export interface Fixed {
  readonly path: string;
  readonly diffPath: string;
  readonly diff: string;
  readonly applied: readonly Finding[];
  readonly advice: readonly Finding[];
}

/** Codes: `bad-arguments` (the copy would be the runbook itself), `store-unwritable`, `disk-full`. */
export function writeFixed({ cwd, file, output, raw, source, result }: FixInput): Fixed {
  const original = resolve(cwd, file);
  const ending = extname(original);
  const path =
    output === undefined
      ? `${original.slice(0, original.length - ending.length)}.fixed${ending}`
      : resolve(cwd, output);
  if (path === original) {
    throw new RollbookError('bad-arguments', `${file} would be overwritten.`, 'Give -o another path than the runbook.');
  }
  const made = correct(source, result.findings);
  // The copy is made from the repaired text, so damaged symbols are put right in any case.
  const repaired = ({ rule }: Finding): boolean => rule === 'mojibake';
  const { text } = made;
  const applied = [...made.applied, ...made.advice.filter(repaired)].toSorted((a, b) => a.line - b.line);
  const advice = made.advice.filter((finding) => !repaired(finding));
  const diff = unifiedDiff(raw, text, { from: `a/${basename(file)}`, to: `b/${basename(file)}` });
  const diffPath = `${path}.diff`;
  writeWhole(path, text, 'The corrected copy');
  writeWhole(diffPath, diff, 'The diff');
  return { path, diffPath, diff, applied, advice };
}

/** What was changed, each with its source, and how much is left to a person. */
export function describeFixed({ path, diffPath, applied, advice }: Fixed, cwd: string): string {
  const shown = (file: string): string => relative(cwd, file) || file;
  return [
    '',
    `Wrote ${shown(path)} and ${shown(diffPath)}: ${applied.length} corrected, ${advice.length} left to you.`,
    ...applied.map(({ line, rule, source }) => `  line ${line}: ${rule} (${source ?? 'no source'})`),
  ].join('\n');
}
