/**
 * The two clocks of an incident, and incident time in a drill. Targets are shown, never enforced.
 * mitigation: detected -> rollback effective. stability: effective -> watch completed.
 * The target counts to `contained` where the row's action stops the harm first, else to `effective`.
 */
import { stopsFirst } from './matrix-row.ts';
import type { Contained, IncidentState } from './state.ts';

export type TargetStanding = 'no-target' | 'within' | 'half' | 'near' | 'over';

export interface MitigationClock {
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly elapsedMs: number;
  /** When the harm was first seen to have stopped, and how long after detection; null: not yet. */
  readonly contained: (Pick<Contained, 'at' | 'by'> & { readonly elapsedMs: number }) | null;
  /** The milestone that the target counts to. */
  readonly countsTo: 'contained' | 'effective';
  /** That milestone was reached. */
  readonly reached: boolean;
  readonly targetMs: number | null;
  readonly targetText: string;
  /** The time that counts against the target, in ms: until the milestone, else until now. */
  readonly targetElapsedMs: number;
  /** Negative when over target; null without one. */
  readonly remainingMs: number | null;
  readonly standing: TargetStanding;
  /** null until the milestone is reached or the incident is resolved, and without a target. */
  readonly met: boolean | null;
}

export interface StabilityClock {
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly elapsedMs: number;
  readonly plannedMs: number | null;
  readonly remainingMs: number | null;
  readonly completed: boolean;
}

export function mitigationClock(state: IncidentState, now: number): MitigationClock {
  const startedAt = state.declared.detectedAt;
  // Resolved without an effective rollback: the clock stops, but the target is not met.
  const stop = state.effectiveAt ?? state.resolvedAt;
  const elapsedMs = Math.max(0, (stop ?? now) - startedAt - state.clockSetMs);
  const contained = containedAfter(state);
  const countsTo = state.row !== null && stopsFirst(state.row) ? 'contained' : 'effective';
  const isContained = countsTo === 'contained' && contained !== null;
  // Without anything proven before it, an effective rollback has stopped the harm too.
  const targetElapsedMs = isContained
    ? Math.min(contained.elapsedMs, state.effectiveAt === null ? Infinity : elapsedMs)
    : elapsedMs;
  const reached = isContained || state.effectiveAt !== null;
  const targetMs = state.row?.targetMs ?? null;
  return {
    startedAt,
    endedAt: state.effectiveAt,
    elapsedMs,
    contained,
    countsTo,
    reached,
    targetMs,
    targetText: state.row?.targetText ?? 'no target',
    targetElapsedMs,
    remainingMs: targetMs === null ? null : targetMs - targetElapsedMs,
    standing: standing(targetElapsedMs, targetMs),
    met: targetMs === null || (!reached && stop === null) ? null : reached && targetElapsedMs <= targetMs,
  };
}

function containedAfter({ contained, declared }: IncidentState): MitigationClock['contained'] {
  if (contained === null) return null;
  const { at, by, clockSetMs } = contained;
  return { at, by, elapsedMs: Math.max(0, at - declared.detectedAt - clockSetMs) };
}

/** Announced at 50, 80 and 100 % of the target. */
function standing(elapsedMs: number, targetMs: number | null): TargetStanding {
  if (targetMs === null) return 'no-target';
  const share = elapsedMs / targetMs;
  if (share > 1) return 'over';
  if (share >= 0.8) return 'near';
  return share >= 0.5 ? 'half' : 'within';
}

export function stabilityClock(state: IncidentState, now: number): StabilityClock {
  const watch = state.watch;
  if (watch === null) {
    return { startedAt: null, endedAt: null, elapsedMs: 0, plannedMs: null, remainingMs: null, completed: false };
  }
  const elapsedMs = Math.max(0, (watch.endedAt ?? now) - watch.startedAt);
  const plannedMs = watch.minutes * 60_000;
  return {
    startedAt: watch.startedAt,
    endedAt: watch.endedAt,
    elapsedMs,
    plannedMs,
    remainingMs: Math.max(0, plannedMs - elapsedMs),
    completed: watch.completed,
  };
}

/**
 * Incident time at a wall time, both in ms since the epoch. In a live incident they are the same; drill time runs from the
 * drill's own start at its own speed and stops when the drill is resolved.
 */
export function incidentNow(state: IncidentState, wallNow: number): number {
  const { drill } = state.declared;
  return drill === null ? wallNow : incidentTime(state, drill.startAt + (wallNow - drill.wallStartAt) * drill.speed);
}

/**
 * Incident time at a moment of the simulated tools' clock. That clock runs on after the drill is resolved, so late
 * undo steps still finish.
 */
export const incidentTime = ({ declared, resolvedAt }: IncidentState, at: number): number =>
  declared.drill === null ? at : Math.min(at, resolvedAt ?? Infinity);
