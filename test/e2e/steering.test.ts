import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { liveRunbook } from '../fixtures/live-runbook.ts';
import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

/** A fourth step, in which a person judges the output of a command. */
const LOOK_AT_LOGS = `4. **Look at the logs**
   \`\`\`bash effect=read timeout=15s
   fly logs -a "$SERVICE" --no-tail
   \`\`\`
   - [ ] The logs show no errors
`;

test('whoever ticks what the logs show has them in sight, open, before anything is ticked', async ({
  app,
  simulatedTools,
}) => {
  const tools = await simulatedTools('app-rollback');
  app.trust(`${liveRunbook(tools.healthUrl)}${LOOK_AT_LOGS}`);
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.declareRow(1);
  for (const step of ['Choose the release', 'Deploy its image', 'Confirm that the symptom is gone']) {
    await expect(wizard.title).toContainText(step);
    await page.keyboard.press('x');
    await page.getByLabel('Reason').fill('not this time');
    await page.getByRole('button', { name: /^Skip/ }).click();
    await expect(wizard.outcomeOf(step)).toContainText('skipped');
  }
  await wizard.press('Run fly logs');
  await expect(page.getByRole('button', { name: 'Tick: The logs show no errors' })).toBeVisible();
  await expect(page.getByRole('region', { name: /^Output of .*fly logs/ })).toBeVisible();
  await expect(wizard.output.locator('.line').first()).toBeVisible();
  await expect(page.locator('[data-primary]')).toHaveAttribute('aria-disabled', 'true');
});

test('a missing fly is said before anything is run, with what to do; looking again finds it', async ({
  app,
  simulatedTools,
}) => {
  const tools = await simulatedTools('app-rollback');
  const bin = join(app.folder, 'bin');
  mkdirSync(bin);
  app.env['PATH'] = bin;
  app.trust(liveRunbook(tools.healthUrl));
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.declareRow(1);
  const missing = page.getByRole('alert', { name: 'Missing tools' });
  await expect(missing).toContainText('fly and curl are not on the PATH');
  await expect(missing).toContainText('I ran it');
  await expect(wizard.strip).toContainText('fly not found');
  expect(await wizard.storedKinds(app)).not.toContain('run.intended');
  // Trying anyway is refused with a message, and nothing else happens.
  await wizard.press('Read the releases');
  await expect(page.getByRole('alert').filter({ hasText: /fly/ }).nth(1)).toBeVisible();
  expect(await wizard.storedKinds(app)).not.toContain('run.started');

  symlinkSync(join(tools.pathEntry, 'fly'), join(bin, 'fly'));
  symlinkSync(join(tools.pathEntry, 'curl'), join(bin, 'curl'));
  await missing.getByRole('button', { name: 'Look again' }).click();
  await expect(missing).toHaveCount(0);
  await expect(wizard.strip).toContainText(join(bin, 'fly'));
  await wizard.press('Read the releases');
  await expect(wizard.release(9)).toBeChecked();
});
