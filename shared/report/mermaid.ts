/**
 * A Mermaid gantt chart of mitigation, changing commands and watch, which GitHub draws in the report. Its grammar cannot
 * quote text (mermaid 11, gantt.jison), so text from outside is reduced to harmless characters and never begins a line,
 * where it could be read as a keyword. Times are UTC.
 */
import { exitText } from '#shared/incident/timeline-words.ts';
import { runsOf } from './runs.ts';
import type { ReportSource } from './source.ts';
import { milestones } from './targets.ts';
import { iso } from './times.ts';

const TEXT_LIMIT = 60;

/** Letters, digits and a few signs; colon, semicolon, hash, percent and line ends are syntax. */
export const harmless = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[^\p{L}\p{N} .,()/+'-]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, TEXT_LIMIT)
    .trim()
    .toWellFormed()
    .replace(/\uFFFD/g, '');

interface Bar {
  readonly name: string;
  readonly from: number | null;
  readonly until: number | null;
  readonly tags?: string;
}

export function mermaid(source: ReportSource): string {
  const { state, clock } = source;
  const { declared } = state;
  const drill = declared.kind === 'drill' ? 'DRILL ' : '';
  const lines = [
    'gantt',
    `    title ${drill}${state.severity} ${harmless(declared.service) || 'incident'}, UTC`,
    '    dateFormat YYYY-MM-DDTHH:mm:ss',
    '    axisFormat %H:%M',
    '    todayMarker off',
    ...section('Mitigation', [
      ...phases(source),
      {
        name: `Target ${harmless(clock.targetText)}`,
        from: clock.startedAt,
        until: clock.targetMs === null ? null : clock.startedAt + clock.targetMs,
        tags: clock.met === false ? 'crit' : 'active',
      },
    ]),
    ...section('Commands', changes(source)),
    ...section('Watch', watch(source)),
  ];
  return lines.join('\n');
}

/** One bar from each milestone to the next one reached. */
function phases(source: ReportSource): readonly Bar[] {
  const reached = milestones(source).filter(({ name, at }) => at !== null && name !== 'Stable');
  return reached.slice(1).map((to, index): Bar => {
    const from = reached[index];
    return {
      name: `${from?.name ?? ''} to ${to.name.toLowerCase()}`,
      from: from?.at ?? null,
      until: to.at,
      tags: 'done',
    };
  });
}

const changes = (source: ReportSource): readonly Bar[] =>
  runsOf(source).flatMap((run, index): Bar[] =>
    run.effect === 'read'
      ? []
      : [
          {
            name: `Run ${index + 1} ${harmless(run.shown.split(/\s+/).slice(0, 2).join(' '))}, ${harmless(run.exit === null ? 'running' : exitText(run.exit))}`,
            from: run.startedAt ?? run.intendedAt,
            until: run.endedAt,
            tags: run.exit?.kind === 'code' && run.exit.code === 0 ? 'done' : 'crit',
          },
        ],
  );

function watch({ state }: ReportSource): readonly Bar[] {
  if (state.watch === null) return [];
  const { startedAt, endedAt, minutes, completed } = state.watch;
  const name = `Watch of ${minutes} min, ${completed ? 'completed' : endedAt === null ? 'going on' : 'ended early'}`;
  return [{ name: harmless(name), from: startedAt, until: endedAt, tags: completed ? 'done' : 'active' }];
}

/** Leaves out bars without start or end, and sections without bars. */
function section(name: string, bars: readonly Bar[]): readonly string[] {
  const tasks = bars.flatMap(({ name: bar, from, until, tags }) => {
    if (from === null || until === null || until < from) return [];
    // At least one second, or the bar would be invisible.
    const [start, end] = [moment(from), moment(Math.max(until, from + 1_000))];
    return start === null || end === null ? [] : [`    ${bar} :${tags ?? 'done'}, ${start}, ${end}`];
  });
  return tasks.length === 0 ? [] : [`    section ${name}`, ...tasks];
}

/** null for years beyond four digits, which Mermaid's date format cannot read. */
function moment(ms: number): string | null {
  const text = iso(ms)?.replace('Z', '') ?? '';
  return /^\d{4}-/.test(text) ? text : null;
}
