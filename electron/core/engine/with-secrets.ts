/** An act with the secrets of its runbook as they are now. */
import type { Step } from '#shared/runbook/model.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import type { IncidentContext } from './incident-context.ts';

/**
 * Fetched anew, so that a source that was mended counts at once; one that fails stops only what needs it.
 * Code: `environment`, when one that the step needs cannot be had.
 */
export async function withSecrets(context: IncidentContext, step: Step, work: () => Promise<void>): Promise<void> {
  const { secrets, runbook } = context;
  if (secrets !== null) {
    await secrets.refresh();
    const named = step.commands.flatMap(({ text }) =>
      [...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name]) => name),
    );
    const { database } = runbook.settings;
    const ofDatabase = database !== undefined && definitionOf(step).needsDatabase === true ? [database.url] : [];
    const ofCommands = step.commands.map(({ database: url }) => url);
    secrets.mustHave([...named, ...ofDatabase, ...ofCommands].filter((name) => name !== undefined));
  }
  await work();
}
