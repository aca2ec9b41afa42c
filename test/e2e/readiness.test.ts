import { expect, test } from './app.ts';

/** A runbook whose tools and services do not exist. */
const NOWHERE = `---
rollbook: 1
services:
  shop: { title: Shop, platform: fly, health: "http://127.0.0.1:9/health" }
variables:
  DATABASE_URL: { from: environment }
---
# Shop rollback

## Option 1: Application rollback

1. **Look**
   \`\`\`bash
   fly status -a shop --json
   psql "$DATABASE_URL" -X -c "select 1"
   \`\`\`
`;

/** The board is ready within ten seconds; a busy machine may take longer. */
const BOARD_MS = 30_000;

test('the board at the start of a shift: one key, every line with its state, its age, its fix and a new look', async ({
  app,
}) => {
  app.trust(NOWHERE);
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('a');
  await expect(page.getByRole('heading', { name: 'Readiness', level: 1 })).toBeVisible();
  const secret = page.getByRole('list', { name: 'Secrets' }).getByRole('listitem');
  await expect(secret).toContainText('failed', { timeout: BOARD_MS });
  await expect(secret).toContainText('not set in the environment commands get');
  await expect(secret).toContainText('under Settings');
  await expect(secret).toContainText(/\d+ s ago/);
  await expect(page.getByRole('list', { name: 'Network' })).toContainText('connection refused');
  const practice = page.getByRole('list', { name: 'Practice' });
  const drill = practice.getByRole('listitem').filter({ hasText: 'Last drill' });
  await expect(drill).toContainText('never held on this machine with this runbook');

  // The other runbook has other needs.
  await page.getByRole('radio', { name: /HotDash/ }).check();
  await expect(practice).toContainText('never seen to be shown at the public address', { timeout: BOARD_MS });
  await expect(drill).toContainText('never held on this machine with this runbook');

  // After a drill only that line is checked again.
  app.command('drill', '--scenario', 'image-gone', '--auto', '--speed', '60', '--expect');
  await page.getByRole('button', { name: 'Check Last drill again' }).press('Enter');
  await expect(drill).toContainText('today');
  await expect(drill).toContainText('ready');
});
