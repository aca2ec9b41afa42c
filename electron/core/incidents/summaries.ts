/** What lists show of an incident: kept in its row, always made from its events. */
import type { IncidentSummary } from '#shared/contract/incident-summary.ts';
import { RollbookError } from '#shared/contract/result.ts';
import { type Score, scoreOf } from '#shared/drills/score.ts';
import { mitigationClock } from '#shared/incident/clocks.ts';
import { activeRun, type IncidentState } from '#shared/incident/state.ts';
import { incidentOutcome } from '#shared/incident/summary.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import type { Incident, Store, SummaryChange } from '#core/store/store.ts';

interface Kept {
  readonly outcome: string | null;
  readonly targetMs: number | null;
  readonly mitigationMs: number | null;
  readonly met: boolean | null;
  readonly handedOver: string | null;
  /** Absent in rows that an older version wrote. */
  readonly procedureId?: string | null;
  readonly scenario?: string | null;
  readonly score?: Score | null;
  /** A command runs, a watch is kept, or what a person asked for is under way: a Rollbook that ends now interrupts it. */
  readonly underWay?: boolean;
  readonly purgedAt?: number;
}

/** What the score is made of: while these are the same, so is it. */
type Scored = Pick<IncidentState, 'runs' | 'steps' | 'deviations' | 'procedureId'>;

/** summaryChange for one incident, event after event: what an event did not touch is not added up again. */
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

/** The row's new contents after these events. */
export function summaryChange(
  state: IncidentState,
  runbook: Runbook,
  score: (state: IncidentState) => Score = (over) => scoreOf(over, runbook),
): SummaryChange {
  const over = state.resolvedAt !== null;
  const clock = mitigationClock(state, state.resolvedAt ?? state.declaredAt);
  const kept: Kept = {
    outcome: over || state.effectiveAt !== null ? incidentOutcome(state, runbook) : null,
    targetMs: clock.targetMs,
    mitigationMs: state.effectiveAt === null ? null : clock.elapsedMs,
    met: state.effectiveAt === null && !over ? null : clock.met,
    handedOver: state.handedOver === null ? null : state.handedOver.to || 'another machine',
    procedureId: state.procedureId,
    scenario: state.declared.drill?.scenario ?? null,
    score: over ? score(state) : null,
    underWay: activeRun(state) !== null || state.asked !== null || state.watch?.endedAt === null,
  };
  const status = state.closedAt !== null ? 'closed' : over ? 'resolved' : 'open';
  return { title: state.declared.title, severity: state.severity, status, summary: { ...kept } };
}

/** What is kept of it in its row; an older version kept less. */
export const keptOf = ({ summary }: Incident): Partial<Kept> => summary;

/** What came of it, as lists and the record of a purge tell. */
export const resultOf = (kept: Partial<Kept>) => ({
  scenario: kept.scenario ?? null,
  outcome: kept.outcome ?? null,
  targetMs: kept.targetMs ?? null,
  mitigationMs: kept.mitigationMs ?? null,
  met: kept.met ?? null,
});

/** Who steers it. */
type Hold = Pick<IncidentSummary, 'heldBy' | 'attended' | 'interrupted'>;

const NOBODY: Hold = { heldBy: null, attended: false, interrupted: false };

/** `hold`: as the lease says; for what is over nobody has to. */
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
    ...(kept.purgedAt === undefined ? {} : { purgedAt: kept.purgedAt }),
    ...(incident.damaged === undefined ? {} : { damaged: incident.damaged }),
  };
}

/** Why an incident cannot be opened: there is none, or nothing of it is left. */

export const unknownIncident = (incidentId: string): RollbookError =>
  new RollbookError('not-found', `There is no incident "${incidentId}".`, 'List them with `rollbook incidents`.', {
    incidentId,
  });

/** Codes: `not-found`, `not-allowed` (it was purged). */
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
