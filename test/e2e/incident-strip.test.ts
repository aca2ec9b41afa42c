/** The strip under the header of the wizard, read by roles and names. */
import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

test('the strip marks milestones, commands, probes and now; home and the report show it too', async ({ app }) => {
  const page = await app.open();
  await page.setViewportSize({ width: 1280, height: 800 });
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  await wizard.offers('Read the releases');
  const strip = page.getByRole('region', { name: 'Incident strip' });
  const mark = (name: RegExp) => strip.getByRole('img', { name });
  await expect(mark(/^Detected \d\d:\d\d:\d\d$/)).toHaveCount(1);
  await expect(mark(/^Declared /)).toHaveCount(1);
  await expect(mark(/^Target /)).toHaveCount(1);
  await expect(mark(/^Effective /)).toHaveCount(0);
  await expect(mark(/^Now /)).toHaveCount(1);
  const box = await strip.boundingBox();
  expect(box?.height).toBeLessThanOrEqual(72);
  expect(box?.width).toBeGreaterThan(1_200);
  await wizard.startDeploy();
  await expect(mark(/^First change /)).toHaveCount(1);
  await expect(mark(/^fly deploy, .*exit code 0$/)).toHaveCount(1);
  await expect(mark(/^\d+ health probes?, \d+ bad$/)).toHaveCount(1);
  await page.keyboard.press('p');
  const preview = page.getByRole('article', { name: 'Report preview' });
  await expect(preview.getByRole('img', { name: /^First change / })).toHaveCount(1);
  await page.getByRole('button', { name: 'Home' }).click();
  const row = page.getByRole('region', { name: /^Resume/ }).getByRole('listitem');
  await expect(row.getByRole('img', { name: /Detected .*Declared .*Target 5 min/ })).toHaveCount(1);
});
