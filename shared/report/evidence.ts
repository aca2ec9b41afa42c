/** Appendix B: what was captured at the declaration, and the output of each run, by its hash, with what was kept of it. */
import type { RootContent } from 'mdast';
import { brief, fence, heading, type Inline, literal, paragraph, table } from './nodes.ts';
import { runsOf } from './runs.ts';
import { eventsOf, type ReportSource } from './source.ts';
import { utc } from './times.ts';

export const evidence = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Appendix B: evidence'),
  ...captured(source),
  table(
    ['No.', 'Run', 'Bytes', 'Lines', 'SHA-256 of the output'],
    runsOf(source).map((run, index): Inline[] => [
      String(index + 1),
      literal(run.runId),
      run.output === null ? '–' : String(run.output.bytes),
      run.output === null ? '–' : String(run.output.lines),
      run.output === null ? (run.byHand ? 'pasted by a person' : 'none kept') : literal(run.output.sha256),
    ]),
    'Nothing was run.',
  ),
  ...runsOf(source).flatMap((run, index) =>
    run.excerpt.trim() === ''
      ? []
      : [
          paragraph(`Run ${index + 1}${run.byHand ? ', output as pasted' : ', excerpt of the output'}:`),
          fence('text', run.excerpt),
        ],
  ),
];

function captured(source: ReportSource): readonly RootContent[] {
  const rows = [
    ...eventsOf(source, 'evidence.captured').map(({ at, payload }): Inline[] => [
      utc(at),
      brief(payload.title),
      literal(payload.shown),
      String(payload.bytes),
      payload.partial ? brief(`partial: ${payload.why}`) : 'whole',
      literal(payload.path),
      literal(payload.sha256),
    ]),
    ...eventsOf(source, 'evidence.missing').map(({ at, payload }): Inline[] => [
      utc(at),
      brief(payload.title),
      literal(payload.shown),
      '–',
      brief(`missing: ${payload.why}`),
      '–',
      '–',
    ]),
  ];
  if (rows.length === 0) return [];
  return [
    paragraph('Captured beside everything else, from the declaration on; files are redacted, in the data folder:'),
    table(['Kept (UTC)', 'What', 'Command', 'Bytes', 'State', 'File', 'SHA-256'], rows, ''),
  ];
}
