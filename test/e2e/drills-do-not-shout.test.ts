import { expect, test } from './app.ts';
import { storedOf } from './stored.ts';
import { wizardOf } from './wizard.ts';

test('the channel of live incidents gets nothing of a drill, whose texts begin with DRILL', async ({
  app,
  slackChannel,
}) => {
  const slack = await slackChannel();
  app.env['ROLLBOOK_SLACK_WEBHOOK'] = slack.url;
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 1);
  await wizard.offers('Read the releases');
  await expect(page).toHaveTitle(/^DRILL /);
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog', { name: 'Messages' });
  await dialog.locator('textarea').first().waitFor();
  for (const text of await dialog.locator('textarea').all()) await expect(text).toHaveValue(/^DRILL /);
  await expect(page.getByRole('button', { name: /^Post/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('s');
  await expect.poll(() => storedOf(app, 'message.copied')).toHaveLength(1);
  expect(storedOf(app, 'message.copied')[0]?.['text']).toMatch(/^DRILL /);
  expect(slack.got).toEqual([]);
});

test('a drill channel gets the messages of drills only', async ({ app, slackChannel }) => {
  const live = await slackChannel();
  const drills = await slackChannel();
  app.env['ROLLBOOK_SLACK_WEBHOOK'] = live.url;
  app.env['ROLLBOOK_SLACK_DRILL_WEBHOOK'] = drills.url;
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 1);
  await wizard.strip.getByRole('button', { name: 'Post in the drill channel' }).click();
  await expect.poll(() => drills.got).toHaveLength(1);
  expect(drills.got[0]?.text).toMatch(/^DRILL P0 /);
  expect(live.got).toEqual([]);
});
