import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

test('a deploy that exits 0 while the service stays down ends failed, with the alternatives, never green', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback-unhealthy', 60);
  await wizard.press('Read the releases of hotdash-agent-service');
  await wizard.press('Go back to v9');
  await wizard.runChange('Deploy v9 to hotdash-agent-service');
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('failed', { timeout: 30_000 });
  await expect(wizard.outcomeOf('Deploy its image')).not.toContainText('verified');
  await expect(page.getByRole('alert').filter({ hasText: 'health address answered 503' })).toBeVisible();
  for (const way of [
    'Check the post-condition again',
    'Choose another release',
    'Option 4: Maintenance mode',
    'dashboard',
  ]) {
    await expect(page.getByText(way).first()).toBeVisible();
  }
  await expect(wizard.mitigation).not.toContainText(/target (met|missed)/);
});
