/** Finds the platform that answers about the releases of a service. Apart from `registry.ts`, which the engine asks. */
import { serviceOf } from '#shared/runbook/services.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import { flyReleases } from './fly/releases.ts';
import { genericReleases } from './generic/releases.ts';
import type { ReleasePlatform } from './release-platform.ts';

/** Who answers about the releases of a service. One that the runbook does not declare is taken for a Fly app. */
export function releasesOf({ runbook }: Pick<IncidentContext, 'runbook'>, service: string): ReleasePlatform {
  const declared = serviceOf(runbook, service);
  return declared?.platform === 'generic' ? genericReleases(declared.contract) : flyReleases;
}
