/**
 * The platforms, and what each does beside the commands of a runbook. What each says of its tools is in
 * `shared/platforms/registry.ts`, and the simulated tools of drills are in `simulator/tools.ts`.
 */
import type { Command } from '#shared/runbook/model.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import { fly } from './fly/platform.ts';
import type { Connection, Evidence, Monitor, Platform } from './platform.ts';
import { postgres } from './postgres/platform.ts';

const PLATFORMS: readonly Platform[] = [fly, postgres];

/** For a change that this tool makes. */
export const monitorsOf = (tool: string): readonly Monitor[] =>
  PLATFORMS.flatMap(({ tools, monitor }) => (monitor !== undefined && tools.includes(tool) ? [monitor] : []));

/** For an incident of this service. */
export const evidenceOf = (service: string): readonly Evidence[] =>
  PLATFORMS.flatMap(({ evidence }) => evidence?.(service) ?? []);

/** For a command whose runbook names its target outside of its words; null: it does not. Codes: those of the platform. */
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
