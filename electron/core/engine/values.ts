/** The values of a runbook's `$VARIABLES` at one moment of an incident. */
import type { ImageFact } from '#shared/incident/topics/event-parts.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { serviceState } from '#shared/incident/services.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { serviceOf } from '#shared/runbook/services.ts';

/** The subject of a command or a proof: a service, and the release chosen for it. */
export interface Target {
  readonly service: string;
  readonly choice: {
    readonly version: number;
    readonly label?: string | undefined;
    readonly image: string;
    readonly from: ImageFact;
  } | null;
  /** Process groups that had a started machine when the release was picked. */
  readonly groups: readonly string[];
}

/** The service the incident was declared for. */
export const declaredTarget = ({ declared, choice, releases, stoppedMachines }: IncidentState): Target => ({
  service: declared.service,
  choice,
  // A list that was read while the machines were stopped has no started group, so the recorded stop adds them.
  groups: [
    ...new Set([
      ...(releases?.groups ?? []),
      ...(stoppedMachines?.service === declared.service ? stoppedMachines.groups : []),
    ]),
  ],
});

/** One of several services. */
export function serviceTarget(state: IncidentState, service: string): Target {
  const { choice, releases } = serviceState(state, service);
  return { service, choice, groups: releases?.groups ?? [] };
}

/** Looks up the value that a person entered for a variable. Secrets are in memory only. */
export const givenTo =
  ({ branches }: IncidentState, secrets: ReadonlyMap<string, string>) =>
  (name: string): string | undefined =>
    secrets.get(name) ?? branches.values[name]?.value ?? undefined;

/** The session name of a run on a server it connects to (PostgreSQL: pg_stat_activity). */
export const sessionName = (runId: string): string => `rollbook ${runId}`;

/** Values that must never be shown or stored: those of the runbook's secret variables. */
export function secretValuesOf(runbook: Runbook, environment: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(runbook.settings.variables).flatMap(([name, variable]) => {
    const value = environment[name];
    return variable.from === 'environment' && variable.secret && value !== undefined ? [value] : [];
  });
}

/** The variables that have a value now. A command that uses another one fails with `unknown-variable`. */
export function valuesOf(
  { service: id, choice }: Target,
  runbook: Runbook,
  environment: Readonly<Record<string, string>>,
  /** Values that a person entered. */
  given: (name: string) => string | undefined = () => undefined,
): Readonly<Record<string, string>> {
  const service = serviceOf(runbook, id);
  const values: Record<string, string> = {};
  for (const [name, variable] of Object.entries(runbook.settings.variables)) {
    const value = {
      'service.id': id,
      'service.health': service?.health,
      'release.version': choice?.label ?? choice?.version.toString(),
      'release.image': choice?.image,
      environment: environment[name],
      prompt: given(name),
    }[variable.from];
    if (value !== undefined) values[name] = value;
  }
  return values;
}
