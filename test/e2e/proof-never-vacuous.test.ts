import { expect, test } from './app.ts';
import { storedOf } from './stored.ts';
import { wizardOf } from './wizard.ts';

test('a deploy that exits 0 while the service stays down ends failed, with the alternatives, never green', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback-unhealthy', 60);
  await wizard.startDeploy();
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
  // Ways are chosen by their number.
  await page.keyboard.press('2');
  await wizard.offers('Read the releases of hotdash-agent-service');
});

/** A runbook with one change and no post-condition. */
const WITHOUT_PROOF = `---
rollbook: 1
title: Nothing to evaluate
services:
  pier: { title: Pier, platform: fly, health: "http://127.0.0.1:9/health" }
---

# Nothing to evaluate

| Severity | Condition | Action | Timeframe |
|---|---|---|---|
| P0 | The service is down | Roll back | <5 min |

## Option 1: Touch

**Use when**: The service is down

1. **Leave a mark**
   \`\`\`bash effect=change
   touch mark
   \`\`\`
`;

test('by hand, exit code 0 and no post-condition: unverified, and only a person can vouch', async ({ app }) => {
  app.env['PATH'] = '/usr/bin:/bin';
  app.trust(WITHOUT_PROOF);
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.declareRow(1);
  await expect(wizard.title).toContainText('Leave a mark');
  // Wait for the list of missing tools: it appears above the commands and moves them.
  await expect(page.getByRole('alert', { name: 'Missing tools' })).toBeVisible();
  const byHand = page.locator('details.by-hand');
  await byHand.locator('summary').click();
  await byHand.getByRole('button', { name: 'I ran it' }).click();
  await byHand.getByLabel('What it printed').fill('all good');
  await byHand.getByRole('button', { name: 'Record that I ran it' }).click();
  await expect(wizard.outcomeOf('Leave a mark')).toContainText('unverified');
  expect(storedOf(app, 'step.ended')).toMatchObject([{ outcome: 'unverified' }]);
  const vouch = page.getByRole('button', { name: /I checked it myself/ });
  await vouch.click();
  await expect(wizard.outcomeOf('Leave a mark')).toContainText('confirmed by you');
});

test('failed with its post-condition met: the first way on says so with what was found, and is confirmed, not verified', async ({
  app,
}) => {
  app.env['PATH'] = '/usr/bin:/bin';
  const proven =
    '   ```bash effect=change\n   ls --no-such-option\n   ```\n   ```bash proof effect=read expect=^etc$\n   ls /\n   ```';
  app.trust(WITHOUT_PROOF.replace(/ {3}```bash[^]*```/, proven));
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.declareRow(1);
  await expect(wizard.title).toContainText('Leave a mark');
  await wizard.runChange('Run ls --no-such-option');
  const first = page.getByRole('region', { name: 'Ways on' }).getByRole('listitem').first();
  await expect(first).toContainText('It works: go on');
  await expect(first).toContainText('✓ ls / says what it has to say.');
  await first.getByRole('button').click();
  await expect(wizard.outcomeOf('Leave a mark')).toContainText('confirmed by you');
});
