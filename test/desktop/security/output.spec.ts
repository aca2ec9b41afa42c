import { declarePier } from '../live-incident.ts';
import { expect, test } from '../shell-test.ts';

const MARKUP = '<img src=x onerror="globalThis.injected = 1"><b>bold</b>';

test('what a command prints is shown as text, never as markup', async ({ hosts: { desktop } }) => {
  const incident = await declarePier(desktop, await desktop.open(), 'markup', `echo '${MARKUP}'`);
  await incident.act({ kind: 'run-reads', stepId: incident.stepId });
  await incident.until('run.ended');
  const { page } = desktop;
  await page.evaluate((id) => void (location.hash = `#/incident/${id}`), incident.incidentId);
  const output = page.getByRole('log', { name: 'Output' }).last();
  await expect(output).toContainText(MARKUP);
  await expect(output.locator('img, b')).toHaveCount(0);
  expect(await page.evaluate(() => 'injected' in globalThis)).toBe(false);
});
