import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

test('the reference is searched, and a hit leads to its section', async ({ app }) => {
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('f');
  await page.getByRole('heading', { name: 'Reference' }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('maintenance mode');
  const hits = page.getByRole('region', { name: 'Search results' });
  await expect(hits.getByRole('button').first()).toContainText(/maintenance mode/i);
  await hits
    .getByRole('button', { name: /Option 4/ })
    .first()
    .click();
  const heading = page.getByRole('article').getByRole('heading', { name: 'Option 4: Maintenance mode' });
  await expect(heading).toBeInViewport();
  await expect(heading).toBeFocused();
  await page.getByRole('searchbox').fill('zzqqxx');
  await expect(page.getByText('Nothing found.')).toBeVisible();
  await expect(hits.getByRole('button')).toHaveCount(0);
});

test('the keyboard map lists all keys, and single-letter keys can be switched off', async ({ app }) => {
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('?');
  const map = page.getByRole('dialog', { name: 'Keyboard map' });
  await expect(map.locator('div').filter({ hasText: /^DDeclare an incident$/ })).toBeVisible();
  // While a dialog is open, no key reaches the screen behind it.
  await page.keyboard.press('d');
  await expect(map).toBeVisible();
  await map.getByRole('checkbox', { name: 'Single-letter keys are on' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(map).toHaveCount(0);
  await page.keyboard.press('d');
  await expect(page.getByRole('heading', { name: 'Rollbook' })).toBeVisible();
  await page.keyboard.press('?');
  // The key of the shortcut list is disabled too, but the palette opens it.
  await expect(map).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('keyboard map');
  await page.keyboard.press('Enter');
  await map.getByRole('checkbox').check();
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
  await expect(page.getByRole('heading', { name: 'Declare an incident' })).toBeVisible();
});

test('the palette runs the chosen action', async ({ app }) => {
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'All actions' });
  await expect(palette.getByRole('option', { name: /Declare an incident/ })).toBeVisible();
  await page.keyboard.type('run dri');
  await expect(palette.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(palette).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Run a drill' })).toBeVisible();
});

/** CSS pixels by which the page is wider than the window. */
const tooWide = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('at 200 % zoom nothing has to be scrolled sideways', async ({ app }) => {
  const page = await app.open();
  // 1280 by 800 at 200 % zoom.
  await page.setViewportSize({ width: 640, height: 400 });
  const wizard = wizardOf(page);
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  const home = page.url();
  for (const [place, heading] of [
    ['#/', 'Rollbook'],
    ['#/drill', 'Run a drill'],
    ['#/declare', 'Declare an incident'],
    ['#/declare/app-rollback/60', 'Declare the drill'],
    ['#/runbooks', 'Runbooks'],
    ['#/reference', 'Reference'],
  ] as const) {
    await page.goto(`${home.split('#')[0]}${place}`);
    await page.getByRole('heading', { name: heading, exact: true, level: 1 }).waitFor();
    expect(await tooWide(page), place).toBe(0);
  }
  await page.goto(`${home.split('#')[0]}#/`);
  await wizard.startDrill('app-rollback-unhealthy', 60);
  await wizard.press('Read the releases');
  expect(await tooWide(page), 'release').toBe(0);
  await wizard.press('Go back to v9');
  await wizard.offers('Deploy v9');
  expect(await tooWide(page), 'undo card').toBe(0);
  await wizard.runChange('Deploy v9 to hotdash-agent-service');
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('failed', { timeout: 30_000 });
  expect(await tooWide(page), 'failed').toBe(0);
  await page.keyboard.press('p');
  await page.getByRole('article', { name: 'Report preview' }).waitFor();
  expect(await tooWide(page), 'report').toBe(0);
});

test('the palette finds an action with a typo, a runbook by its name, and never preselects Stop', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  await wizard.offers('Read the releases');
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'All actions' });
  const selected = palette.getByRole('option', { selected: true });
  await expect(selected).toHaveCount(1);
  await expect(selected).not.toContainText('Stop');
  const field = page.getByRole('combobox', { name: 'Find an action' });
  await field.fill('stop the running');
  await expect(palette.getByRole('option', { name: /Stop the running command/ })).toBeVisible();
  await expect(selected).toHaveCount(0);
  await field.press('Enter');
  await expect(palette).toBeVisible();
  await field.fill('hotdahs');
  await expect(palette.getByRole('option', { name: /^Runbook: HotDash/ })).toBeVisible();
  await field.fill('refrence');
  await field.press('Enter');
  await expect(page.getByRole('heading', { name: 'Reference', level: 1 })).toBeVisible();
});

test('after each act the focus is on the heading of the step', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  const heading = page.getByRole('main', { name: 'Current step' }).getByRole('heading', { level: 2 });
  await wizard.press('Read the releases');
  await wizard.offers('Go back to v9');
  await expect(heading).toBeFocused();
  await wizard.press('Go back to v9');
  await wizard.offers('Deploy v9');
  await expect(heading).toHaveText('Deploy its image');
  await expect(heading).toBeFocused();
  // Enter still takes the primary action.
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-primary]')).toContainText('Run now');
});
