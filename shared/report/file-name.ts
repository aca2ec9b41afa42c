/** The file name of a report, without its ending: `2025-10-13-P0-agent-service`. */
import type { IncidentState } from '#shared/incident/state.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { serviceOf } from '#shared/runbook/services.ts';
import { dateOf } from './times.ts';

/** Day of the detection (UTC), severity and service, in letters, digits and dashes that every file system takes. */
export function reportFileName({ declared, severity }: IncidentState, runbook: Runbook): string {
  const { service, detectedAt } = declared;
  // A title may explain itself in brackets: "Agent service (Agent SDK)".
  const title = (serviceOf(runbook, service)?.title ?? service).replace(/\s*\(.*\)\s*$/, '');
  return [dateOf(detectedAt), severity, slug(title) || slug(service) || 'service'].join('-');
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
