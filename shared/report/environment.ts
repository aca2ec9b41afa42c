/** Appendix G: versions of Rollbook, runbook and tools. */
import { count } from '#shared/words/count.ts';
import type { PhrasingContent, RootContent } from 'mdast';
import { heading, type Inline, keyLine, literal, table } from './nodes.ts';
import { runsOf } from './runs.ts';
import type { ReportInput, ReportSource } from './source.ts';
import { visible } from '../words/visible.ts';
import { REDACTED } from '#shared/redaction/redactor.ts';

export function environment(source: ReportSource): readonly RootContent[] {
  const { state, stored, local, events } = source;
  const { declared } = state;
  return [
    heading(2, 'Appendix G: environment and tool versions'),
    keyLine('Rollbook', stored.appVersion),
    keyLine('Adapter', declared.adapter),
    ...(declared.drill === null
      ? []
      : [keyLine('Drill', `scenario ${declared.drill.scenario}, speed ${declared.drill.speed}; times are drill time`)]),
    keyLine('Runbook', [...text(declared.runbook.title), ...literal(declared.runbook.hash)]),
    keyLine('Timeline', [...text(count(state.seq, 'event')), ...literal(stored.timelineSha256)]),
    keyLine('Redactions', `${redactionsOf(source)} in the timeline; outputs are redacted in their files`),
    keyLine('Time zone of this report', local.timeZone),
    keyLine('Sessions', String(new Set(events.map(({ session }) => session)).size)),
    table(['Tool', 'Version'], tools(source), 'No tool was run by Rollbook.'),
  ];
}

/** Each binary once, in order of first use. */
const tools = (source: ReportSource): readonly (readonly Inline[])[] =>
  toolsOf(source).map(({ binary, version }) => [literal(binary), version || 'unknown']);

export function toolsOf(source: ReportSource): readonly { readonly binary: string; readonly version: string }[] {
  const used = new Map(
    runsOf(source)
      .filter((run) => !run.byHand)
      .map((run) => [`${run.binary}\n${run.toolVersion}`, run] as const),
  );
  return [...used.values()].map((run) => ({ binary: run.binary, version: run.toolVersion }));
}

const text = (before: string): readonly PhrasingContent[] => [{ type: 'text', value: `${visible(before)}, SHA-256 ` }];

/** How many secrets were redacted in the timeline. Outputs have their own counts, in their files. */
export const redactionsOf = ({ events }: ReportInput): number =>
  events.reduce((sum, { payload }) => sum + JSON.stringify(payload).split(REDACTED).length - 1, 0);
