/** Statistics of the incidents on this machine, without drills. */
export interface IncidentStatistics {
  readonly incidents: number;
  readonly bySeverity: Readonly<Record<string, number>>;
  readonly open: number;
  /** Of incidents with a target that reached its milestone or are over. */
  readonly targetsMet: number;
  readonly targetsMissed: number;
  /** Of incidents that became effective, in ms; null: none. */
  readonly medianMitigationMs: number | null;
  /** Of incidents that were contained, in ms; null: none. */
  readonly medianContainedMs: number | null;
}

interface Counted {
  readonly kind: 'live' | 'drill';
  readonly severity: string;
  readonly status: string;
  readonly mitigationMs: number | null;
  readonly containedMs: number | null;
  readonly met: boolean | null;
}

export function incidentStatistics(all: readonly Counted[]): IncidentStatistics {
  const live = all.filter(({ kind }) => kind === 'live');
  const bySeverity: Record<string, number> = { P0: 0, P1: 0, P2: 0, P3: 0 };
  for (const { severity } of live) bySeverity[severity] = (bySeverity[severity] ?? 0) + 1;
  return {
    incidents: live.length,
    bySeverity,
    open: live.filter(({ status }) => status === 'open').length,
    targetsMet: live.filter(({ met }) => met === true).length,
    targetsMissed: live.filter(({ met }) => met === false).length,
    medianMitigationMs: median(live.flatMap(({ mitigationMs }) => mitigationMs ?? [])),
    medianContainedMs: median(live.flatMap(({ containedMs }) => containedMs ?? [])),
  };
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
