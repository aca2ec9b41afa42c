/** Appendix B: the commands, what was captured when declaring, and the output of each run with its hash. */
import type { RootContent } from 'mdast';
import { brief, fence, heading, type Inline, literal, paragraph, table } from './nodes.ts';
import { runMatters, runsOf, whatWasRun } from './runs.ts';
import { eventsOf, type ReportSource } from './source.ts';

export const evidence = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Appendix B: commands and evidence'),
  ...whatWasRun(source),
  heading(3, 'Evidence'),
  paragraph(
    'The files are written beside this report by an export with evidence. They are redacted; each line begins with its stream (o or e) and the time it was read, in ms.',
  ),
  ...captured(source),
  table(
    ['No.', 'File', 'Bytes', 'Lines', 'SHA-256 of the output'],
    runsOf(source).map((run, index): Inline[] => [
      String(index + 1),
      run.output === null ? literal(run.runId) : literal(evidencePath(run.runId)),
      run.output === null ? '–' : String(run.output.bytes),
      run.output === null ? '–' : String(run.output.lines),
      run.output === null ? (run.byHand ? 'pasted by a person' : 'none kept') : literal(run.output.sha256),
    ]),
    'Nothing was run.',
  ),
  ...excerpts(source),
];

/** Of changes and of what failed. An output that was printed again is not repeated. */
function excerpts(source: ReportSource): readonly RootContent[] {
  const printed = new Map<string, number>();
  return runsOf(source).flatMap((run, index): RootContent[] => {
    const excerpt = run.excerpt.trim();
    if (excerpt === '' || !runMatters(run)) return [];
    const earlier = printed.get(excerpt);
    if (earlier !== undefined) return [paragraph(`Run ${index + 1} printed the same as run ${earlier}.`)];
    printed.set(excerpt, index + 1);
    return [
      paragraph(`Run ${index + 1}${run.byHand ? ', output as pasted' : ', excerpt of the output'}:`),
      fence('text', run.excerpt),
    ];
  });
}

/** The file of an output in an export with evidence, and in the JSON report. */
export const evidencePath = (id: string): string => `evidence/${id}.log`;

function captured(source: ReportSource): readonly RootContent[] {
  const rows = [
    ...eventsOf(source, 'evidence.captured').map(({ at, payload }): Inline[] => [
      source.time(at),
      brief(payload.title),
      literal(payload.shown),
      String(payload.bytes),
      payload.partial ? brief(`partial: ${payload.why}`) : 'whole',
      literal(evidencePath(payload.evidenceId)),
      literal(payload.sha256),
    ]),
    ...eventsOf(source, 'evidence.missing').map(({ at, payload }): Inline[] => [
      source.time(at),
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
    paragraph('Captured in the background, from the declaration on:'),
    table(['Kept (UTC)', 'What', 'Command', 'Bytes', 'State', 'File', 'SHA-256'], rows, ''),
  ];
}
