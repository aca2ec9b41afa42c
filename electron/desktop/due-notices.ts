/** Notifications that are due for an incident: a pure function of the incident and its time. */
import { count } from '#shared/words/count.ts';
import { mitigationClock } from '#shared/incident/clocks.ts';
import { durationText } from '#shared/words/duration.ts';
import { followUps } from '#shared/incident/follow-ups.ts';
import { type Deferred, type IncidentState, stepState } from '#shared/incident/state.ts';
import type { WatchedIncident } from './incident-feed.ts';

export interface Notice {
  /** The same key for the same occasion, so that it is told once. */
  readonly key: string;
  /** Only the newest notice of a series is told; earlier ones are out of date. */
  readonly series: string;
  readonly incidentId: string;
  readonly title: string;
  readonly body: string;
}

/** Shares of the target that are announced, per cent. */
const THRESHOLDS = [50, 80, 100] as const;

/** All notices that are due now, also those that were told before; oldest first within a series. */
export function dueNotices(incident: WatchedIncident): readonly Notice[] {
  // The person who took the incident over is told, on their machine.
  if (incident.state.handedOver !== null) return [];
  const { declared, resolvedAt } = incident.state;
  // A drill that is over wants nothing more of anybody (rule 14).
  if (declared.kind === 'drill' && resolvedAt !== null) return [];
  const drill = declared.kind === 'drill' ? 'DRILL ' : '';
  const all = [
    ...ofTarget(incident),
    ...ofDeferred(incident),
    ...ofFollowUps(incident),
    ...ofObligations(incident),
    ...ofWatch(incident),
  ];
  return all.map((notice) => ({
    ...notice,
    incidentId: incident.id,
    title: `${drill}${incident.state.severity}: ${notice.title}`,
  }));
}

type Untitled = Omit<Notice, 'incidentId'>;

function ofTarget({ id, state, now }: WatchedIncident): readonly Untitled[] {
  const { targetElapsedMs, targetMs, remainingMs, met } = mitigationClock(state, now);
  if (met !== null || targetMs === null || remainingMs === null) return [];
  return THRESHOLDS.filter((percent) => targetElapsedMs * 100 >= targetMs * percent).map((percent) => ({
    key: `${id} target ${percent}`,
    series: `${id} target`,
    title: percent === 100 ? 'the target is used up' : `${percent} % of the target is used`,
    body: `${state.declared.title}. ${
      remainingMs > 0 ? `${durationText(remainingMs)} left` : `Over by ${durationText(-remainingMs)}`
    } of ${durationText(targetMs)}. Nothing was stopped or locked.`,
  }));
}

function ofDeferred({ id, state, now, stepTitle }: WatchedIncident): readonly Untitled[] {
  if (state.closedAt !== null) return [];
  const due = ({ dueAt, settled }: Deferred): boolean => settled === null && dueAt !== null && now >= dueAt;
  const steps = state.deferred.filter((item) => item.checklistId === undefined);
  return [
    ...ofChecklist(
      id,
      state,
      state.deferred.filter((item) => item.checklistId !== undefined && due(item)),
    ),
    ...steps.flatMap((item) => {
      const { stepId, dueAt, reason } = item;
      return !due(item)
        ? []
        : [
            {
              key: `${id} due ${stepId} ${dueAt}`,
              series: `${id} due ${stepId}`,
              title: `${stepTitle(stepId)} is due`,
              body: `${state.declared.title}. Deferred${reason === '' ? '' : `: ${reason}`}. Do it or waive it with a reason.`,
            },
          ];
    }),
  ];
}

/** One notice for all checks that were put off together. */
function ofChecklist(id: string, state: IncidentState, items: readonly Deferred[]): readonly Untitled[] {
  const [first] = items;
  if (first === undefined) return [];
  return [
    {
      key: `${id} due ${first.checklistId} ${first.dueAt}`,
      series: `${id} due ${first.checklistId}`,
      title: `${items.length} of the checklist are due`,
      body: `${state.declared.title}. Put off${first.reason === '' ? '' : `: ${first.reason}`}. Do each or waive it with a reason.`,
    },
  ];
}

/** Time between two reminders of an obligation, ms. */
const REMIND_EVERY_MS = 15 * 60_000;

/** Reminds of obligations every quarter of an hour until they are paid, also after the incident was resolved. */
function ofObligations({ id, state, now, obligations }: WatchedIncident): readonly Untitled[] {
  if (state.closedAt !== null) return [];
  return obligations.flatMap((debt) => {
    const nth = Math.floor((now - debt.since) / REMIND_EVERY_MS);
    if (nth < 1) return [];
    return [
      {
        key: `${id} owed ${debt.id} ${debt.since} ${nth}`,
        series: `${id} owed ${debt.id}`,
        title: 'somebody has to be told',
        body: `${state.declared.title}. ${debt.what}. Owed for ${durationText(now - debt.since)}.`,
      },
    ];
  });
}

function ofFollowUps({ id, state, now, runbook }: WatchedIncident): readonly Untitled[] {
  if (state.closedAt !== null || runbook === undefined) return [];
  return followUps(state, runbook, now)
    .filter(({ standing }) => standing === 'overdue')
    .map(({ item, group, dueAt }) => ({
      key: `${id} follow-up ${item.id} ${dueAt}`,
      series: `${id} follow-up ${item.id}`,
      title: `${item.title} is due`,
      body: `${state.declared.title}. ${group.title}. Do it or waive it with a reason.`,
    }));
}

/** Checkpoints, foreign releases and regressions of the watch. */
function ofWatch({ id, state }: WatchedIncident): readonly Untitled[] {
  const { watch } = state;
  if (watch === null || state.resolvedAt !== null) return [];
  const { foreignOf = {}, stepId, endedAt, completed, asking = null } = watch;
  const regressed = endedAt !== null && !completed && stepState(state, stepId).outcome === 'failed';
  return [
    ...(asking === null || endedAt !== null
      ? []
      : [
          {
            key: `${id} checkpoint ${watch.startedAt} ${asking}`,
            series: `${id} checkpoint`,
            title: `checkpoint after ${count(asking, 'minute')}`,
            body: `${state.declared.title}. Look at the service and say how it is; the watch goes on.`,
          },
        ]),
    ...Object.entries(foreignOf).map(([service, { version }]) => {
      const series = service === '' ? `${id} foreign` : `${id} foreign ${service}`;
      const what = service === '' ? `v${version}` : `v${version} of ${service}`;
      return {
        key: `${series} ${version}`,
        series,
        title: 'a release that is not ours',
        body: `${state.declared.title}. ${what} appeared during the watch.`,
      };
    }),
    ...(regressed
      ? [
          {
            key: `${id} regression ${endedAt}`,
            series: `${id} regression`,
            title: 'the service is failing again',
            body: `${state.declared.title}. ${stepState(state, stepId).reason}`,
          },
        ]
      : []),
  ];
}
