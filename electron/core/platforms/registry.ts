/**
 * The platforms and what Rollbook does for each besides running the commands of a runbook; begin here to read this folder.
 * What their tools print is in `shared/platforms/registry.ts`. The simulated tools of drills are joined in
 * `electron/core/simulator/tools.ts`.
 */
import type { Command, Runbook } from '#shared/runbook/model.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import { fly } from './fly/platform.ts';
import { generic } from './generic/platform.ts';
import type { Connection, Evidence, Monitor, Platform } from './platform.ts';
import { postgres } from './postgres/platform.ts';

const PLATFORMS: readonly Platform[] = [fly, postgres, generic];

/** The monitors for changes made by this tool. */
export const monitorsOf = (tool: string): readonly Monitor[] =>
  PLATFORMS.flatMap(({ tools, monitor }) => (monitor !== undefined && tools.includes(tool) ? [monitor] : []));

/** The evidence to capture when an incident of this service is declared. */
export const evidenceOf = (runbook: Runbook, service: string): readonly Evidence[] =>
  PLATFORMS.flatMap(({ evidence }) => evidence?.(runbook, service) ?? []);

/**
 * The connection of a command whose target is named in the fence (`db=NAME`); null: none is. Codes: those of the
 * platform.
 */
export function connectionFor(
  context: IncidentContext,
  command: Pick<Command, 'text' | 'database'>,
  session: string,
): Connection | null {
  for (const { connect } of PLATFORMS) {
    const connection = connect?.(context, command, session) ?? null;
    if (connection !== null) return connection;
  }
  return null;
}
