/**
 * The two clocks of an incident, and incident time in a drill. Targets are shown, never enforced.
 * mitigation: detected -> rollback effective. stability: effective -> watch completed.
 */
import type { IncidentState } from './state.ts';

export type TargetStanding = 'no-target' | 'within' | 'half' | 'near' | 'over';

export interface MitigationClock {
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly elapsedMs: number;
  readonly targetMs: number | null;
  readonly targetText: string;
  /** Negative when over target; null without one. */
  readonly remainingMs: number | null;
  readonly standing: TargetStanding;
  /** null while running or without a target. */
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
  const targetMs = state.row?.targetMs ?? null;
  return {
    startedAt,
    endedAt: state.effectiveAt,
    elapsedMs,
    targetMs,
    targetText: state.row?.targetText ?? 'no target',
    remainingMs: targetMs === null ? null : targetMs - elapsedMs,
    standing: standing(elapsedMs, targetMs),
    met: targetMs === null || stop === null ? null : state.effectiveAt !== null && elapsedMs <= targetMs,
  };
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
