/** What must be in sight without scrolling, and what must not be in the way. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

/** How many of the elements are wholly inside the box of another. */
async function whole(outer: Locator, inner: Locator): Promise<number> {
  const frame = await outer.boundingBox();
  const boxes = await Promise.all((await inner.all()).map((each) => each.boundingBox()));
  return boxes.filter(
    (box) => box !== null && frame !== null && box.y >= frame.y - 1 && box.y + box.height <= frame.y + frame.height + 1,
  ).length;
}

async function deployOffered(page: Page): Promise<void> {
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  await wizard.press('Read the releases');
  await wizard.press('Go back to v9');
  await wizard.offers('Deploy v9');
}

test('at 1280x800 the timeline shows three rows, and what is still to do is one line', async ({ app }) => {
  const page = await app.open();
  await page.setViewportSize({ width: 1280, height: 800 });
  await deployOffered(page);
  await page.keyboard.press('t');
  const entries = page.getByLabel('Timeline entries');
  await expect.poll(() => whole(entries, entries.locator('.entry'))).toBeGreaterThanOrEqual(3);
  const toDo = page.locator('details[aria-label="Still to do"] > summary');
  await expect(toDo).toContainText(/Still to do: [1-9]/);
  expect((await toDo.boundingBox())?.height).toBeLessThan(40);
  // Opened, it takes its part and leaves the timeline its rows.
  await wizardOf(page).openStillToDo();
  await expect.poll(() => whole(entries, entries.locator('.entry'))).toBeGreaterThanOrEqual(3);
});

test('at 1440x900 the undo command is the first on the card, and wholly in sight', async ({ app }) => {
  const page = await app.open();
  await page.setViewportSize({ width: 1440, height: 900 });
  await deployOffered(page);
  const card = page.getByRole('region', { name: 'Before you run it' });
  await expect(card.getByRole('heading').first()).toHaveText(/^Undo/);
  const undo = card.locator('.command').first();
  expect(await whole(page.locator('.step'), undo)).toBe(1);
  // A long digest is shortened; the whole is in its tooltip.
  await expect(undo).toContainText(/deployment-01K7E[0-9A-Z]…[0-9A-Z]{4}/);
  await expect(undo.locator('[title*="deployment-01K7E"]')).toHaveCount(1);
});

test('coming back shows a strip that covers nothing and takes no press', async ({ app }) => {
  const page = await app.open();
  await deployOffered(page);
  await page.reload();
  const strip = page.getByRole('status', { name: 'Where you were' });
  await expect(strip).toContainText('You were at step 2 of 5.');
  await expect(page.getByRole('main').getByRole('heading', { level: 2 })).toBeInViewport();
  await expect(page.getByRole('timer', { name: 'Elapsed since detected' })).toBeInViewport();
  // The first press works, and the strip is gone with it.
  await page.locator('[data-primary]').click();
  await expect(page.locator('[data-primary]')).toContainText('Run now');
  await expect(strip).toHaveCount(0);
});
