/** The values of a runbook's `$VARIABLES` at one moment of an incident. */
import type { IncidentState } from '#shared/incident/state.ts';
import type { Runbook } from '#shared/runbook/model.ts';

/** Values that must never be shown or stored: those of the runbook's secret variables. */
export function secretValuesOf(runbook: Runbook, environment: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(runbook.settings.variables).flatMap(([name, variable]) => {
    const value = environment[name];
    return variable.from === 'environment' && variable.secret && value !== undefined ? [value] : [];
  });
}

/** Only variables that have a value now; a command that needs another one fails with `unknown-variable`. */
export function valuesOf(
  state: IncidentState,
  runbook: Runbook,
  environment: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const service = runbook.settings.services.find(({ id }) => id === state.declared.service);
  const values: Record<string, string> = {};
  for (const [name, variable] of Object.entries(runbook.settings.variables)) {
    const value = {
      'service.id': state.declared.service,
      'service.health': service?.health,
      'release.version': state.choice?.version.toString(),
      'release.image': state.choice?.image,
      environment: environment[name],
      prompt: undefined,
    }[variable.from];
    if (value !== undefined) values[name] = value;
  }
  return values;
}
