/** A command with the incident's values in it, as a person would type it. Pure. */
import type { Command, Runbook } from '#shared/runbook/model.ts';
import { shellQuote } from '#shared/runbook/shell-quote.ts';
import type { IncidentState } from './state.ts';

/** What has no value yet, and every secret, stays as the runbook writes it. */
export function commandText(command: Command, state: IncidentState, runbook: Runbook, image?: string): string {
  const service = runbook.settings.services.find(({ id }) => id === state.declared.service);
  const text = command.text.replace(/"?\$(?:\{(\w+)\}|(\w+))((?:\/[\w.-]+)*)"?/g, (whole, ...parts: string[]) => {
    const [braced, plain, tail = ''] = parts;
    const name = braced ?? plain ?? '';
    const variable = runbook.settings.variables[name];
    const value =
      variable &&
      {
        'service.id': state.declared.service,
        'service.health': service?.health,
        'release.version': state.choice?.version.toString(),
        'release.image': image ?? state.choice?.image,
        environment: undefined,
        prompt: state.branches.values[name]?.value ?? undefined,
      }[variable.from];
    return value === undefined ? whole : shellQuote([`${value}${tail}`]);
  });
  return state.choice?.immediate === true && command.effect === 'change' ? `${text} --strategy immediate` : text;
}

/** What a person has to set before the command finds its database by hand; null: nothing. */
export const handNote = ({ database }: Pick<Command, 'database'>): string | null =>
  database === undefined
    ? null
    : `Its database is that of $${database}. By hand, set PGHOST, PGPORT, PGUSER, PGDATABASE and PGPASSWORD from it first; Rollbook does it for you.`;
