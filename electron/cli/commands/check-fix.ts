/** What `rollbook check --fix` says it did. */
import { relative } from 'node:path';
import type { FixedView } from '#shared/check/check-view.ts';

/** What was changed, each with its source, and how much is left to a person. */
export function describeFixed({ path, diffPath, applied, advice }: FixedView, cwd: string): string {
  const shown = (file: string): string => relative(cwd, file) || file;
  return [
    '',
    `Wrote ${shown(path)} and ${shown(diffPath)}: ${applied.length} corrected, ${advice.length} left to you.`,
    ...applied.map(({ line, rule, source }) => `  line ${line}: ${rule} (${source ?? 'no source'})`),
  ].join('\n');
}
