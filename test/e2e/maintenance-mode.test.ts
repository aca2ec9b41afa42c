import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

test('maintenance mode is switched on and off, each proven at the public address', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('maintenance-mode', 60);
  await wizard.runChange('Switch maintenance mode on');
  await expect(wizard.outcomeOf('Switch maintenance mode on')).toContainText('verified by app', { timeout: 30_000 });
  await wizard.press('Run curl');
  await wizard.tickAll('maintenance page');
  await wizard.press('Confirm this step');
  await page.getByLabel('What you saw').fill('posted in the channel');
  await wizard.press('Confirm this step');
  await wizard.tickAll('done');
  await wizard.press('Confirm this step');
  await wizard.runChange('Switch maintenance mode off');
  await expect(wizard.outcomeOf('Switch maintenance mode off')).toContainText('verified by app', { timeout: 30_000 });
  await wizard.press('Check health and version');
  await page.getByLabel('What you saw').fill('the right amounts');
  await expect(wizard.outcomeOf('Check that users are back')).not.toContainText('failed');
});
