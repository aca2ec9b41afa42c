/** The values of a runbook's `$VARIABLES` at one moment of an incident. */
import type { ImageFact } from '#shared/incident/event.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import type { Runbook } from '#shared/runbook/model.ts';

/** What a command or a proof is about: a service, and the release chosen for it. */
export interface Target {
  readonly service: string;
  readonly choice: { readonly version: number; readonly image: string; readonly from: ImageFact } | null;
}

/** The service the incident was declared for. */
export const declaredTarget = ({ declared, choice }: IncidentState): Target => ({ service: declared.service, choice });

/** Only variables that have a value now; a command that needs another one fails with `unknown-variable`. */
export function valuesOf(
  { service: id, choice }: Target,
  runbook: Runbook,
  environment: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const service = runbook.settings.services.find((each) => each.id === id);
  const values: Record<string, string> = {};
  for (const [name, variable] of Object.entries(runbook.settings.variables)) {
    const value = {
      'service.id': id,
      'service.health': service?.health,
      'release.version': choice?.version.toString(),
      'release.image': choice?.image,
      environment: environment[name],
      prompt: undefined,
    }[variable.from];
    if (value !== undefined) values[name] = value;
  }
  return values;
}
