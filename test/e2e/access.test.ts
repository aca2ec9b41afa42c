import { expect, test } from './app.ts';

test('a one-time link works once; a used or wrong one says what to do', async ({
  app,
  page,
  context,
  expectedTrouble,
}) => {
  expectedTrouble.push(/403/);
  const address = await app.serve();
  await page.goto(address);
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  // The token leaves the address bar at once.
  expect(page.url()).not.toContain('token');
  const other = await context.newPage();
  await other.goto(address);
  await expect(other.getByText(/used already|start|again/i).first()).toBeVisible();
  await expect(other.getByRole('heading', { name: 'Declare an incident' })).toHaveCount(0);
});

test('a second window on the same incident follows it live', async ({ app, page }) => {
  const first = await app.serve();
  await page.goto(first);
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  const incidents = JSON.parse(app.command('incidents', '--json')) as { incidents: unknown[] };
  expect(incidents.incidents).toEqual([]);
});
