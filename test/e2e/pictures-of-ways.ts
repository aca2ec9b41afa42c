/** Pictures of detours and failures, for screenshots.ts. */
import { DEPLOY, home, type Stage } from './stage.ts';

/** Below P0: the checklist, another row, fixing forward, and messages. */
export async function ways({ page, wizard, take }: Stage): Promise<void> {
  await wizard.startDrill('app-rollback', 1, 8);
  await page.getByRole('list', { name: 'Checklist' }).getByText('3 captured').first().waitFor();
  await take('wizard-checklist');
  await page.getByRole('button', { name: /^Tick: Identify/ }).click();
  await page.getByRole('button', { name: 'Record the approval' }).click();
  await take('wizard-checklist-asking');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Change the severity' }).click();
  await page.getByRole('dialog').waitFor();
  await take('wizard-rows');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Messages' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Copy/ }).first().click();
  await take('wizard-messages');
  await page.keyboard.press('Escape');
  await page.keyboard.press('x');
  await page.getByLabel('Reason').fill('a one-line fix');
  await page.getByRole('button', { name: 'Fix forward: roll nothing back' }).click();
  await page.getByRole('heading', { name: 'Fix forward' }).first().waitFor();
  await take('wizard-fix-forward');
  await home(page);
  await wizard.startDrill('maintenance-mode', 1, 1);
  await wizard.offers('Switch maintenance mode on');
  await page.keyboard.press('k');
  await page.locator('summary').filter({ hasText: 'Evidence' }).click();
  await take('wizard-row-ways');
  await home(page);
}

/** A failed deploy: the matching common issue, its values, and the build it offers. */
export async function branches({ page, wizard, take }: Stage): Promise<void> {
  await wizard.startDrill('image-gone', 60);
  await wizard.press('Read the releases');
  await wizard.press('Go back to v9');
  await wizard.runChange(DEPLOY);
  const build = page.getByRole('button', { name: /Build the version that worked from its git tag/ });
  await build.waitFor({ timeout: 40_000 });
  await take('wizard-branch');
  await build.click();
  await page.getByLabel('Git tag of the version that worked').fill('v1.8.0');
  await take('wizard-values');
  await home(page);
}
