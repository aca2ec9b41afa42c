import type { CallArgs } from '#shared/api/calls.ts';
import type { QuickRelease } from '#shared/api/quick-calls.ts';
import type { Drills } from '#core/drills/drills.ts';
import { offeredReleases } from '#core/platforms/fly/quick-preflight.ts';
import type { Clock } from '#core/ports.ts';
import type { RunbookRepository } from '#core/runbooks/runbook-repository.ts';
import type { IncidentService } from './incident-service.ts';

interface Services {
  readonly clock: Clock;
  readonly incidents: IncidentService;
  readonly drills: Drills;
  readonly runbooks: RunbookRepository;
}

/**
 * What a quick rollback could go back to, the newest first; null: it cannot be read now. Codes: `untrusted`,
 * `bad-arguments` (no such service), `unknown-scenario`.
 */
export async function quickReleases(
  { clock, incidents, drills, runbooks }: Services,
  { runbook, service, scenario }: CallArgs<'quick.releases'>,
): Promise<readonly QuickRelease[] | null> {
  const context = await incidents.readContext(scenario === null ? runbook : runbooks.bundled().hash, service);
  const drill = scenario === null ? null : await drills.rehearsal(scenario, 1, service);
  const candidates = await offeredReleases(drill === null ? context : { ...context, adapter: drill.adapter }, {
    service,
    detectedAt: drill?.detectedAt ?? clock.now(),
  });
  return (
    candidates?.map(({ release, verdict, why }) => ({
      version: release.version,
      verdict,
      why,
      createdAt: release.createdAt,
    })) ?? null
  );
}
