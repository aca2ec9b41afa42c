import { liveRunbook } from '../fixtures/live-runbook.ts';
import { expect, test } from './app.ts';
import { storedOf } from './stored.ts';
import { wizardOf } from './wizard.ts';

test('logs, releases and status are kept from the declaration on, and the window shows each', async ({
  app,
  simulatedTools,
}) => {
  const tools = await simulatedTools('app-rollback');
  app.trust(liveRunbook(tools.healthUrl));
  const page = await app.open();
  await wizardOf(page).declareRow(1);
  const card = page.locator('details').filter({ hasText: 'Evidence' }).first();
  await expect(card.locator('summary')).toContainText('3 captured', { timeout: 30_000 });
  await card.locator('summary').click();
  const list = page.getByRole('list', { name: 'Evidence' });
  for (const what of ['Logs', 'Releases', 'Status'])
    await expect(list).toContainText(`${what} of hotdash-agent-service`);
  await expect(list.getByRole('listitem').first()).toContainText(/\d+ lines?, \d+ (bytes|KB)/);
  expect(storedOf(app, 'evidence.captured')).toHaveLength(3);
});
