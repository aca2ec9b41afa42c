/** Which services a watch is kept over: those that were rolled back together, else the declared one. */
import { definitionOf } from '#shared/steps/registry.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { procedureOf, type IncidentState } from './state.ts';
import { hasOwnRollback } from './second-service.ts';
import { servicesOf, serviceState } from './system.ts';

export function watchedServices(state: IncidentState, runbook: Runbook): readonly string[] {
  const deploy = procedureOf(state, runbook)?.steps.find((step) => definitionOf(step).deploys === 'several-services');
  const together = deploy === undefined ? [] : servicesOf(deploy, runbook);
  const chosen = together.filter((service) => serviceState(state, service).choice !== null);
  if (chosen.length === 0) return [state.declared.service];
  // One that went back by itself before is watched with them.
  return together.filter((service) => chosen.includes(service) || hasOwnRollback(state, runbook, service));
}
