import { delimiter } from 'node:path';
import { liveRunbook } from '../fixtures/live-runbook.ts';
import { simulatedPath } from '../tools/simulated-path.ts';
import { expect, test } from './app.ts';
import { storedOf } from './stored.ts';
import { wizardOf } from './wizard.ts';

test('logs, releases and status are kept from the declaration on, and the window shows each', async ({ app }) => {
  const tools = await simulatedPath({ scenario: 'app-rollback', speed: 20, startAt: 'now' });
  try {
    app.env['PATH'] = `${tools.pathEntry}${delimiter}${process.env['PATH'] ?? ''}`;
    app.command('trust', app.writeFile('live.md', liveRunbook(tools.healthUrl)));
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
  } finally {
    await app.end();
    await tools.stop();
  }
});
