/** What the report is made from, and what every section is given. */
import { allSteps } from '#shared/incident/branches.ts';
import type { ChainProblem } from '#shared/incident/chain.ts';
import { deferredTitle } from '#shared/incident/checklist.ts';
import type { MitigationClock } from '#shared/incident/clocks.ts';
import type { EventKind, EventOf, IncidentEvent } from '#shared/incident/event.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import type { TimelineEntry } from '#shared/incident/timeline.ts';
import { leftOutText, type Reading } from '#shared/incident/upcast.ts';
import type { Runbook, Step } from '#shared/runbook/model.ts';
import type { LocalTime } from './times.ts';
import { STATUS_NOW } from '#shared/incident/messages.ts';

export interface ReportInput {
  readonly incidentId: string;
  /** As readEvents gives them: in order, without purged and damaged ones, and without those of exports. */
  readonly events: readonly IncidentEvent[];
  /** The model that was pinned when the incident was declared. */
  readonly runbook: Runbook;
  /** The pinned text, for diffs against it; null when it is not at hand. */
  readonly runbookSource: string | null;
  readonly stored: {
    readonly timelineSha256: string;
    readonly appVersion: string;
    /** What broke the chain of the timeline first, or null. */
    readonly problem: Pick<ChainProblem, 'seq' | 'what'> | null;
  } & Pick<Reading, 'purged' | 'damaged' | 'newer'>;
  readonly local: LocalTime;
}

export interface ReportSource extends ReportInput {
  readonly state: IncidentState;
  readonly entries: readonly TimelineEntry[];
  readonly clock: MitigationClock;
}

/** All events of one kind, in order. */
export const eventsOf = <K extends EventKind>({ events }: ReportInput, kind: K): readonly EventOf<K>[] =>
  events.filter((event): event is EventOf<K> => event.kind === kind && event.payload !== null);

export const stepOf = ({ runbook }: ReportInput, stepId: string): Step | undefined =>
  allSteps(runbook).find((step) => step.id === stepId);

export const stepTitle = (source: ReportInput, stepId: string): string => deferredTitle(stepId, source.runbook);

/** What stands in the store and not in the report, a sentence for each. */
export const unreadOf = ({ stored: { damaged, newer } }: ReportInput): readonly string[] => [
  ...damaged.map((each) => `Not in this report: ${leftOutText([each])}.`),
  ...(newer === null ? [] : [`Not in this report: ${leftOutText([newer])}, and all that follows it.`]),
];

export const messageTitle = ({ runbook }: ReportSource, id: string): string => {
  const steps = runbook.procedures.flatMap((procedure) => procedure.steps);
  return (
    [STATUS_NOW, ...runbook.messages, ...steps.flatMap((step) => step.messages)].find((each) => each.id === id)
      ?.title ?? id
  );
};
