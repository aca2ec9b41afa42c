import { liveRunbook } from '../fixtures/live-runbook.ts';
import { expect, test } from './app.ts';
import { storedOf } from './stored.ts';
import { wizardOf } from './wizard.ts';

test('those of checklists too: filled from the state, copied is not sent, sent is asked and logged', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 1);
  await wizard.offers('Read the releases');
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog', { name: 'Messages' });
  for (const words of ['ROLLBACK INITIATED', 'Maintenance in progress', 'ROLLBACK COMPLETE'])
    await expect(dialog.getByRole('textbox').filter({ hasText: words })).toHaveCount(1);
  const start = dialog.locator('.message').filter({ hasText: 'ROLLBACK INITIATED' });
  await expect(start.getByRole('textbox').first()).toHaveValue(
    /^DRILL .*ROLLBACK INITIATED\nService: hotdash-agent-service\nSeverity: P0\nIssue: Complete outage.*\nRollback started: \[Time\]\nETA: \[Timeframe\]$/s,
  );
  await start.getByRole('button', { name: /^Copy/ }).click();
  await expect(start).toContainText('copied: was it sent?');
  expect(storedOf(app, 'message.sent')).toEqual([]);
  await start.getByLabel('Sent where').fill('#hotdash-emergency');
  await expect(start).toContainText('Fill in before it is sent: [Time], [Timeframe]');
  await expect(start.getByRole('button', { name: 'Sent', exact: true })).toBeDisabled();
  await start
    .getByRole('textbox')
    .first()
    .fill('ROLLBACK INITIATED: agent-service, since 03:15 UTC, done in about 20 min');
  await start.getByRole('button', { name: 'Sent', exact: true }).click();
  await expect(start).toContainText(/sent at \d\d:\d\d(:\d\d)? to #hotdash-emergency/);
  await expect(dialog).toContainText(/^Messages.*1 of \d+ are logged as sent\./s);
  expect(storedOf(app, 'message.copied')).toHaveLength(1);
  expect(storedOf(app, 'message.sent')).toMatchObject([{ where: '#hotdash-emergency' }]);
});

test('a live incident posts in Slack for real, and one key says how it stands', async ({
  app,
  simulatedTools,
  slackChannel,
}) => {
  const slack = await slackChannel();
  const tools = await simulatedTools('app-rollback');
  app.env['ROLLBOOK_SLACK_WEBHOOK'] = slack.url;
  app.trust(liveRunbook(tools.healthUrl));
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.declareRow(1);
  await wizard.offers('Read the releases');
  await page.keyboard.press('s');
  await expect.poll(() => storedOf(app, 'message.copied')).toHaveLength(1);
  await wizard.strip.getByRole('button', { name: 'Post in Slack' }).click();
  await expect.poll(() => slack.got).toHaveLength(1);
  expect(slack.got[0]?.text).toMatch(/^P0 hotdash-agent-service: The service is down\nInvestigating/);
  await expect.poll(() => storedOf(app, 'message.sent')).toMatchObject([{ messageId: 'status-now', where: 'Slack' }]);
  expect(JSON.stringify(storedOf(app, 'message.sent'))).not.toContain('not-a-real-secret');
});

test('a Slack channel that cannot be reached is reported, and holds up nothing', async ({ app }) => {
  app.env['ROLLBOOK_SLACK_DRILL_WEBHOOK'] = 'http://127.0.0.1:9/services/T0/B0/not-a-real-secret';
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 1);
  await wizard.strip.getByRole('button', { name: 'Post in the drill channel' }).click();
  await expect(page.getByRole('region', { name: 'Timeline', exact: true })).toContainText('was not posted');
  await wizard.press('Read the releases');
  await wizard.offers('Go back to v9');
});
