import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { liveRunbook } from '../fixtures/live-runbook.ts';
import { expect, test } from './app.ts';
import { storedOf } from './stored.ts';
import { wizardOf } from './wizard.ts';

/** A fly that records where it deploys: the folder, its mode, and one line for each file in it. */
const recordingFly = (fly: string, seen: string): string => `#!/bin/sh
[ "$1" = deploy ] && { pwd -P; stat -c %a .; ls -A; } > "${seen}"
exec "${fly}" "$@"
`;

test('the deploy runs in an empty folder of its own, with the flags that keep the running config', async ({
  app,
  simulatedTools,
}) => {
  const tools = await simulatedTools('app-rollback');
  const seen = join(app.folder, 'seen');
  app.addProgram('fly', recordingFly(join(tools.pathEntry, 'fly'), seen));
  app.trust(liveRunbook(tools.healthUrl));
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.declareRow(1);
  await wizard.press('Read the releases');
  await page.getByLabel('Replace all machines at once').check();
  await wizard.press('Go back to v9');
  const card = page.getByRole('region', { name: 'Before you run it' });
  await expect(card).toContainText('Config, secrets and schema stay as they are.');
  const flags = ['--remote-only', '--skip-release-command', '--dns-checks=false', '--yes', '--strategy immediate'];
  for (const flag of flags) await expect(card).toContainText(flag);
  await wizard.runChange('Deploy v9 to hotdash-agent-service');
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('verified by app', { timeout: 60_000 });
  const run = storedOf(app, 'run.intended').find(({ effect }) => effect === 'change');
  for (const flag of flags) expect(run?.['shown']).toContain(flag);
  // The process saw the recorded folder, accessible to its owner only, and empty.
  expect(readFileSync(seen, 'utf8')).toBe(`${String(run?.['cwd'])}\n700\n`);
  expect(String(run?.['cwd'])).toContain(join(String(app.env['ROLLBOOK_HOME']), 'work'));
});
