/** An act with the secrets of its runbook as they are now. */
import type { Step, StepKind } from '#shared/runbook/model.ts';
import type { Scene } from '../scene.ts';

/**
 * Fetched anew, so that a source that was mended counts at once; one that fails stops only what needs it.
 * Code: `environment`, when one that the step needs cannot be had.
 */
export async function withSecrets(scene: Scene, step: Step, work: () => Promise<void>): Promise<void> {
  const { secrets, runbook } = scene;
  if (secrets !== null) {
    await secrets.refresh();
    const named = step.commands.flatMap(({ text }) =>
      [...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name]) => name),
    );
    const { database } = runbook.settings;
    const ofDatabase = database !== undefined && DATABASE_STEPS.has(step.kind) ? [database.url] : [];
    const ofCommands = step.commands.map(({ database: url }) => url);
    secrets.mustHave([...named, ...ofDatabase, ...ofCommands].filter((name) => name !== undefined));
  }
  await work();
}

const DATABASE_STEPS: ReadonlySet<StepKind> = new Set<StepKind>([
  'identify-database',
  'choose-migration',
  'dump-tables',
  'run-rollback-sql',
  'verify-database',
]);
