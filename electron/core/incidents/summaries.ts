/** The summary of an incident in lists: computed from its events and stored in its row. */
import { activeRun, type IncidentState } from '#shared/incident/state.ts';
import { mitigationClock } from '#shared/incident/clocks.ts';
import { nextAction } from '#shared/incident/next-action.ts';
import type { IncidentSummary } from '#shared/api/incident-summary.ts';
import { RollbookError } from '#shared/api/result.ts';
import { AUTOPILOT_SUMMARY } from '#shared/drills/record.ts';
import { type Score, scoreOf } from '#shared/drills/score.ts';
import { incidentOutcome, isChecklistOpen } from '#shared/incident/incident-outcome.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import type { Incident, Store, SummaryChange } from '#core/store/store.ts';

interface Kept {
  readonly outcome: string | null;
  readonly targetMs: number | null;
  readonly mitigationMs: number | null;
  readonly containedMs?: number | null;
  readonly targetElapsedMs?: number | null;
  readonly met: boolean | null;
  readonly handedOver: string | null;
  /** Absent in rows of older versions, like the fields below. */
  readonly procedureId?: string | null;
  readonly scenario?: string | null;
  /** How the recording that it plays is declared to end. */
  readonly expected?: string;
  readonly score?: Score | null;
  readonly autopilot?: boolean;
  readonly checklistOpen?: boolean;
  /** A command, a watch or an action is running, and would be interrupted if Rollbook ended now. */
  readonly underWay?: boolean;
  readonly purgedAt?: number;
  /** While it is open. */
  readonly now?: IncidentSummary['now'];
}

/** The inputs of the score: while they are the same objects, so is the score. */
type Scored = Pick<IncidentState, 'runs' | 'steps' | 'deviations' | 'procedureId'>;

/** Returns summaryChange for one incident, which computes the score again only when its inputs changed. */
export function summaryOf(runbook: Runbook): (state: IncidentState) => SummaryChange {
  let last: (Scored & { readonly score: Score }) | null = null;
  const score = (state: IncidentState): Score => {
    const { runs, steps, deviations, procedureId } = state;
    const same =
      last?.runs === runs && last.steps === steps && last.deviations === deviations && last.procedureId === procedureId;
    if (last === null || !same) last = { runs, steps, deviations, procedureId, score: scoreOf(state, runbook) };
    return last.score;
  };
  return (state) => summaryChange(state, runbook, score);
}

/** The contents of the row for this state. */
export function summaryChange(
  state: IncidentState,
  runbook: Runbook,
  score: (state: IncidentState) => Score = (over) => scoreOf(over, runbook),
): SummaryChange {
  const over = state.resolvedAt !== null;
  const clock = mitigationClock(state, state.resolvedAt ?? state.declaredAt);
  const recording = state.declared.drill?.recording;
  const kept: Kept = {
    outcome: over || state.effectiveAt !== null ? incidentOutcome(state, runbook) : null,
    targetMs: clock.targetMs,
    mitigationMs: state.effectiveAt === null ? null : clock.elapsedMs,
    containedMs: clock.contained?.elapsedMs ?? null,
    targetElapsedMs: clock.reached ? clock.targetElapsedMs : null,
    met: clock.met,
    handedOver: state.handedOver === null ? null : state.handedOver.to || 'another machine',
    procedureId: state.procedureId,
    scenario: state.declared.drill?.scenario ?? null,
    ...(recording === undefined ? {} : { expected: recording.expected }),
    score: over ? score(state) : null,
    checklistOpen: over && isChecklistOpen(state, runbook),
    autopilot: state.resolvedAs === AUTOPILOT_SUMMARY,
    ...(over ? {} : { now: nowOf(state, runbook) }),
    underWay: activeRun(state) !== null || state.asked !== null || state.watch?.endedAt === null,
  };
  const status = state.closedAt !== null ? 'closed' : over ? 'resolved' : 'open';
  return { title: state.declared.title, severity: state.severity, status, summary: { ...kept } };
}

/** For the card of an open incident: its next action, and what its running clock is made of. */
const nowOf = (state: IncidentState, runbook: Runbook): NonNullable<IncidentSummary['now']> => ({
  next: nextAction(state, runbook).label,
  beforeMs: Math.max(0, state.declaredAt - state.declared.detectedAt),
  speed: state.declared.drill?.speed ?? 1,
});

/** The summary in the row. Older versions stored less. */
export const keptOf = ({ summary }: Incident): Partial<Kept> => summary;

/** The result, for lists and for the record of a purge. */
export const resultOf = (kept: Partial<Kept>) => ({
  scenario: kept.scenario ?? null,
  outcome: kept.outcome ?? null,
  targetMs: kept.targetMs ?? null,
  mitigationMs: kept.mitigationMs ?? null,
  containedMs: kept.containedMs ?? null,
  targetElapsedMs: kept.targetElapsedMs ?? null,
  met: kept.met ?? null,
});

/** Which session holds the lease. */
type Hold = Pick<IncidentSummary, 'heldBy' | 'attended' | 'interrupted'>;

const NOBODY: Hold = { heldBy: null, attended: false, interrupted: false };

/** `hold`: the state of the lease; not needed for incidents that are over. */
export function toSummary(incident: Incident, hold: Hold = NOBODY): IncidentSummary {
  const kept = keptOf(incident);
  const { id, kind, adapter, title, severity, status, declaredAt } = incident;
  return {
    id,
    kind,
    adapter,
    title,
    severity,
    status,
    declaredAt,
    ...resultOf(kept),
    ...hold,
    interrupted: hold.interrupted || (!hold.attended && kept.underWay === true),
    handedOver: kept.handedOver ?? null,
    checklistOpen: kept.checklistOpen === true,
    now: kept.now ?? null,
    ...(kept.purgedAt === undefined ? {} : { purgedAt: kept.purgedAt }),
    ...(incident.damaged === undefined ? {} : { damaged: incident.damaged }),
  };
}

/** The error for an id that no incident has. Code: `not-found`. */
export const unknownIncident = (incidentId: string): RollbookError =>
  new RollbookError('not-found', `There is no incident "${incidentId}".`, 'List them with `rollbook incidents`.', {
    incidentId,
  });

/** Throws unless the incident exists and can be opened. Codes: `not-found`, `not-allowed` (it was purged). */
export function mustBeThere({ incident, purge }: Pick<Store, 'incident' | 'purge'>, incidentId: string): void {
  const row = incident(incidentId);
  if (row === null) throw unknownIncident(incidentId);
  if (!purge.isPurged(incidentId)) return;
  const { purgedAt } = keptOf(row);
  const on = typeof purgedAt === 'number' ? ` on ${new Date(purgedAt).toISOString().slice(0, 10)}` : '';
  throw new RollbookError(
    'not-allowed',
    `Incident ${incidentId} was purged${on}: nothing of what it held is left.`,
    `Its place in the list and its chain of hashes are: rollbook verify ${incidentId}.`,
  );
}
