/** Past drills and due drills, read from the rows of the incidents. */
import type { DrillBookView } from '#shared/api/drill-calls.ts';
import { begunAt } from '#shared/drills/held-at.ts';
import { lastProven } from '#shared/drills/last-proven.ts';
import type { DrillRecord } from '#shared/drills/record.ts';
import { dueDrills, scheduleOf } from '#shared/drills/schedule.ts';
import { incidentStatistics } from '#shared/drills/statistics.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import type { Clock } from '#core/ports.ts';
import { ofRunbook } from '#core/runbooks/of-runbook.ts';
import { keptOf, toSummary } from '#core/incidents/summaries.ts';
import type { RunbookRepository } from '#core/runbooks/runbook-repository.ts';
import { listScenarios, loadScenario } from '#core/simulator/scenario-files.ts';
import type { Store } from '#core/store/store.ts';

interface Parts {
  readonly store: Store;
  readonly runbooks: RunbookRepository;
  readonly clock: Clock;
  /** Hash of the runbook that is asked about when none is named. */
  readonly bundled: string;
}

/** Code: `unknown-scenario`, for a drill that was held with another version. A recording stands in its drill. */
export async function mustKnowDrill(drill: PayloadOf<'incident.declared'>['drill']): Promise<void> {
  if (drill !== null && drill.recording === undefined) await loadScenario(drill.scenario);
}

/** Every incident that is over. `expected`: how a scenario is declared to end. */
export function recordsOf(
  incidents: ReturnType<Store['list']>,
  expected: ReadonlyMap<string, string> = new Map(),
): readonly DrillRecord[] {
  return incidents
    .map((incident) => ({ incident, summary: toSummary(incident), kept: keptOf(incident) }))
    .filter(({ summary }) => summary.status !== 'open')
    .map(({ incident, summary, kept }) => ({
      id: incident.id,
      kind: incident.kind,
      adapter: incident.adapter,
      title: incident.title,
      severity: incident.severity,
      heldAt: begunAt(incident),
      scenario: kept.scenario ?? null,
      procedureId: kept.procedureId ?? null,
      autopilot: kept.autopilot === true,
      outcome: summary.outcome,
      expected: kept.expected ?? (kept.scenario == null ? null : (expected.get(kept.scenario) ?? null)),
      targetMs: summary.targetMs,
      mitigationMs: summary.mitigationMs,
      containedMs: summary.containedMs,
      targetElapsedMs: summary.targetElapsedMs,
      met: summary.met,
      steps: kept.score?.steps ?? [],
      deviations: kept.score?.deviations ?? [],
      stops: kept.score?.stops ?? 0,
    }));
}

/** Newest first; what is not over is not in it. Code: `not-found` for an unknown runbook. */
export async function drillBook({ store, runbooks, clock, bundled }: Parts, hash = bundled): Promise<DrillBookView> {
  const { model, source, summary } = await runbooks.open(hash);
  const incidents = store.list();
  const expected = new Map((await listScenarios()).map((scenario) => [scenario.name, scenario.expected]));
  const records = recordsOf(incidents, expected);
  const own = recordsOf(incidents.filter(ofRunbook(store, { hash, name: summary.name })), expected);
  return {
    runbook: { hash, title: model.title },
    now: clock.now(),
    schedule: dueDrills(scheduleOf(model, source), own, { runbook: model, now: clock.now() }),
    proven: lastProven(model, own),
    drills: records.filter(({ kind }) => kind === 'drill').toSorted((a, b) => b.heldAt - a.heldAt),
    statistics: incidentStatistics(incidents.map((incident) => toSummary(incident))),
  };
}
