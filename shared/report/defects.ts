/** Defects of the runbook: as people described them, and as a diff that corrects them. */
import { titleOf } from '#shared/incident/timeline-words.ts';
import type { RootContent } from 'mdast';
import type { Defect } from '#shared/incident/state.ts';
import { unifiedDiff } from '#shared/runbook-check/unified-diff.ts';
import { answersOf } from './answers.ts';
import { brief, fence, heading, type Inline, paragraph, table } from './nodes.ts';
import { type ReportSource } from './source.ts';

export const defects = (source: ReportSource): readonly RootContent[] => [
  heading(3, 'Runbook defects found'),
  table(
    ['Line', 'Step', 'What is wrong', 'Change', 'Noted (UTC)'],
    source.state.defects.map((defect): Inline[] => [
      String(defect.line),
      brief(titleOf(defect.stepId, source.context)),
      brief(defect.comment),
      defect.becomes === defect.was ? 'to be written' : defect.becomes === '' ? 'left out' : 'in the diff',
      source.time(defect.at),
    ]),
    'Nobody marked a place of the runbook as wrong.',
  ),
  ...proposed(source),
  ...answersOf(source, 'defects'),
];

function proposed(source: ReportSource): readonly RootContent[] {
  const diff = defectDiff(source);
  if (diff === '') return [];
  return [paragraph('As a diff against the runbook this incident had pinned:'), fence('diff', diff.trimEnd())];
}

/** '' when nothing is to be changed, or the runbook's text is not available. */
export function defectDiff({ runbookSource, state }: ReportSource): string {
  if (runbookSource === null) return '';
  const { title } = state.declared.runbook;
  const name = `${
    title
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .toLowerCase() || 'runbook'
  }.md`;
  return unifiedDiff(runbookSource, mended(runbookSource, state.defects), { from: `a/${name}`, to: `b/${name}` });
}

/** Applies the corrections from the bottom up, so that the line numbers above stay valid. */
function mended(text: string, all: readonly Defect[]): string {
  const lines = text.split('\n');
  for (const { line, was, becomes } of all.toSorted((a, b) => b.line - a.line)) {
    if (was === becomes) continue;
    lines.splice(line - 1, was.split('\n').length, ...(becomes === '' ? [] : becomes.split(/\r\n|\r|\n/)));
  }
  return lines.join('\n');
}
