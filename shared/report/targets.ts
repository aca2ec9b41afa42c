/** The milestones: when each was reached, and whether its target was met. */
import type { RootContent } from 'mdast';
import { durationText, elapsedText } from '#shared/words/duration.ts';
import { heading, paragraph, table } from './nodes.ts';
import { eventsOf, type ReportSource, stated } from './source.ts';

export interface Milestone {
  readonly name: string;
  readonly at: number | null;
  /** When it was recorded, if a person entered the time. */
  readonly recordedAt?: number;
  readonly target?: string;
  readonly met?: boolean | null;
}

export function targets(source: ReportSource): readonly RootContent[] {
  const { clock, state } = source;
  const rows = milestones(source).map(({ name, at, recordedAt, target, met }) => [
    name,
    at === null ? 'not reached' : stated(source, at, recordedAt ?? at),
    at === null ? '–' : elapsedText(at - clock.startedAt),
    target ?? '–',
    target === undefined ? '–' : verdict(met ?? null, at),
  ]);
  return [
    heading(3, 'Target vs actual'),
    table(['Milestone', 'UTC', 'After detection', 'Target', 'Result'], rows, ''),
    ...(state.clockSetMs === 0
      ? []
      : [
          paragraph(
            `The machine's clock was set by ${durationText(state.clockSetMs)} meanwhile; that does not count as elapsed.`,
          ),
        ]),
  ];
}

function verdict(met: boolean | null, at: number | null): string {
  if (met === null) return at === null ? 'open' : 'no target';
  return met ? 'met' : 'missed';
}

export function milestones(source: ReportSource): readonly Milestone[] {
  const { clock, state } = source;
  const { watch } = state;
  const judged = (milestone: typeof clock.countsTo): Pick<Milestone, 'target' | 'met'> =>
    clock.countsTo === milestone ? { target: clock.targetText, met: clock.met } : {};
  return [
    { name: 'Detected', at: clock.startedAt, recordedAt: state.declaredAt },
    { name: 'Declared', at: state.declaredAt },
    { name: 'Decided', at: decidedAt(source) },
    { name: 'Started', at: state.startedAt },
    ...(clock.contained === null && clock.countsTo === 'effective'
      ? []
      : [{ name: 'Contained', at: clock.contained?.at ?? null, ...judged('contained') }]),
    { name: 'Effective', at: clock.endedAt, ...judged('effective') },
    {
      name: 'Stable',
      at: watch?.completed === true ? watch.endedAt : null,
      ...(watch === null
        ? {}
        : { target: `${watch.minutes} min watch`, met: watch.endedAt === null ? null : watch.completed }),
    },
  ];
}

/** The last choice of a release or procedure before the first change. */
function decidedAt(source: ReportSource): number | null {
  const before = source.state.startedAt ?? Number.POSITIVE_INFINITY;
  const decisions = [...eventsOf(source, 'procedure.chosen'), ...eventsOf(source, 'release.chosen')].map(
    ({ at }) => at,
  );
  const made = decisions.filter((at) => at <= before);
  return made.length === 0 ? null : Math.max(...made);
}
