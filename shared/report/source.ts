/** What the report is made from. Every section takes a ReportSource. */
import { RollbookError } from '#shared/api/result.ts';
import type { ChainProblem } from '#shared/incident/chain.ts';
import { type MitigationClock, mitigationClock } from '#shared/incident/clocks.ts';
import type { EventKind, EventOf, IncidentEvent } from '#shared/incident/event.ts';
import { reduce } from '#shared/incident/reduce.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { contextOf, timeline, type TimelineEntry } from '#shared/incident/timeline.ts';
import type { Context } from '#shared/incident/timeline-words.ts';
import { EVENT_RULES } from '#shared/incident/topics/registry.ts';
import type { EventRule, ReportRule } from '#shared/incident/topics/topic.ts';
import { leftOutText, type Reading } from '#shared/incident/upcast.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { type LocalTime, timeOn } from './times.ts';

export interface ReportInput {
  readonly incidentId: string;
  /** As readEvents returns them: in order, without purged, damaged and export events. */
  readonly events: readonly IncidentEvent[];
  /** The model that was pinned when the incident was declared. */
  readonly runbook: Runbook;
  /** The pinned text, for diffs; null when it is not available. */
  readonly runbookSource: string | null;
  readonly stored: {
    readonly timelineSha256: string;
    readonly appVersion: string;
    /** The first break in the hash chain, or null. */
    readonly problem: Pick<ChainProblem, 'seq' | 'what'> | null;
  } & Pick<Reading, 'purged' | 'damaged' | 'newer'>;
  readonly local: LocalTime;
  /** Without appendices. */
  readonly brief?: boolean;
  /** The picture's file beside the report; without it the report names none. */
  readonly picture?: string;
}

export interface ReportSource extends ReportInput {
  readonly state: IncidentState;
  readonly context: Context;
  readonly entries: readonly TimelineEntry[];
  readonly clock: MitigationClock;
  /** A moment as `03:12:00`, UTC; with the date when it is not that of the detection. */
  readonly time: (ms: number) => string;
}

/** Throws RollbookError `not-found` when the declaration is gone. */
export function sourceOf(input: ReportInput): ReportSource {
  const state = reduce(input.events);
  const last = input.events.at(-1);
  if (state === null || last === undefined) {
    throw new RollbookError(
      'not-found',
      `Incident ${input.incidentId} has no declaration: it was purged, or nothing was recorded.`,
      'Export a report before purging an incident.',
    );
  }
  // A report has no "now": in an open incident the clock is read at the newest event.
  const clock = mitigationClock(state, last.at);
  return {
    ...input,
    state,
    context: contextOf(input.runbook, state),
    entries: timeline(input.events, input.runbook, state),
    clock,
    time: timeOn(clock.startedAt),
  };
}

/** All events of one kind, in order. */
export const eventsOf = <K extends EventKind>({ events }: ReportInput, kind: K): readonly EventOf<K>[] =>
  events.filter((event): event is EventOf<K> => event.kind === kind && event.payload !== null);

/** A time that a person entered is printed with the time it was recorded. */
export const stated = ({ time }: ReportSource, happened: number, recorded: number): string =>
  happened === recorded ? time(recorded) : `${time(happened)} (manual), recorded ${time(recorded)}`;

/** The services of the incident: those rolled back together, or the declared one. */
export function servicesOf({ state }: Pick<ReportSource, 'state'>): readonly string[] {
  const together = Object.keys(state.system);
  return together.length > 0 ? together : [state.declared.service];
}

/** What the event's topic says for the report. */
export const reportRule = ({ kind }: Pick<IncidentEvent, 'kind'>): ReportRule<EventKind> =>
  (EVENT_RULES[kind] as EventRule<EventKind>).report ?? {};

/** Stored events that the report does not cover, one sentence each. */
export const unreadOf = ({ stored: { damaged, newer } }: ReportInput): readonly string[] => [
  ...damaged.map((each) => `Not in this report: ${leftOutText([each])}.`),
  ...(newer === null ? [] : [`Not in this report: ${leftOutText([newer])}, and all that follows it.`]),
];
