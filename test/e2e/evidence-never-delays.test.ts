import { join } from 'node:path';
import { liveRunbook } from '../fixtures/live-runbook.ts';
import { expect, test } from './app.ts';
import { storedOf } from './stored.ts';
import { wizardOf } from './wizard.ts';

/** A fly whose logs never end and whose status hangs; other commands are simulated. */
const endlessFly = (fly: string): string => `#!/bin/sh
case "$*" in
  "logs "*) exec yes "a line of the log that says nothing" ;;
  "status -a hotdash-agent-service --json") [ -e "$HOSTILE_DONE" ] || { : > "$HOSTILE_DONE"; exec sleep 600; } ;;
esac
exec "${fly}" "$@"
`;

// 20 MB of log must arrive within the 30 s of a capture, also on a busy machine.
test.use({ speed: 2 });

test('endless logs are cut at 20 MB and marked; a command that hangs delays nothing', async ({
  app,
  simulatedTools,
}) => {
  const tools = await simulatedTools('app-rollback');
  app.addProgram('fly', endlessFly(join(tools.pathEntry, 'fly')));
  app.env['HOSTILE_DONE'] = join(app.folder, 'hung-once');
  app.trust(liveRunbook(tools.healthUrl));
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.declareRow(1);
  const card = page.locator('details').filter({ hasText: 'Evidence' }).first();
  await expect(card.locator('summary')).toContainText('partial', { timeout: 60_000 });
  // The status is still being captured, and the rollback goes on.
  expect(storedOf(app, 'evidence.captured').some(({ title }) => String(title).startsWith('Status'))).toBe(false);
  await wizard.press('Read the releases');
  await wizard.press('Go back to v9');
  await wizard.offers('Deploy v9');
  await card.locator('summary').click();
  const list = page.getByRole('list', { name: 'Evidence' });
  await expect(list).toContainText('cut after 20 MB');
  await expect(list).toContainText('stopped after 30 s', { timeout: 60_000 });
  await expect(card.locator('summary')).toContainText('1 captured, 2 partial');
});

test('without fly the evidence is reported as missing, and the incident goes on', async ({ app }) => {
  app.env['PATH'] = '/usr/bin:/bin';
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.declareRow(3);
  const card = page.locator('details').filter({ hasText: 'Evidence' }).first();
  await expect(card.locator('summary')).toContainText('3 missing');
  await card.locator('summary').click();
  await expect(page.getByRole('list', { name: 'Evidence' })).toContainText('not on the PATH');
});
