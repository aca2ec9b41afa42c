/** Appendix B: the output of each run, by its hash, with what was kept of it. */
import type { RootContent } from 'mdast';
import { fence, heading, type Inline, literal, paragraph, table } from './nodes.ts';
import { runsOf } from './runs.ts';
import type { ReportSource } from './source.ts';

export const evidence = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Appendix B: evidence'),
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
