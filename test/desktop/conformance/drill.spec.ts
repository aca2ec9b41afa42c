/**
 * A whole drill in the desktop window, from its declaration to the exported report, at 60 times real time and from the
 * keyboard. The watch is ended early; `npm run test:all` runs all of it, and all other stories, on this host.
 */
import { readFileSync } from 'node:fs';
import { watchForTrouble } from '../../e2e/trouble.ts';
import { wizardOf } from '../../e2e/wizard.ts';
import type { Shell } from '../hosts/shell.ts';
import { expect, test } from '../shell-test.ts';

const READ = 'Read the releases of hotdash-agent-service';
const DEPLOY = 'Deploy v9 to hotdash-agent-service';

/** Closes the window during the watch, first with Escape to the question, then with its second answer, and brings it back. */
async function closesOnlyItsWindow(shell: Shell): Promise<void> {
  const close = (response: number): Promise<void> =>
    shell.evaluate(({ BrowserWindow, dialog }, response) => {
      dialog.showMessageBox = (...all: unknown[]) => {
        Object.assign(globalThis, { question: all.at(-1) });
        return Promise.resolve({ response, checkboxChecked: false });
      };
      BrowserWindow.getAllWindows()[0]?.close();
    }, response);
  const state = (): Promise<unknown> =>
    shell.evaluate(({ BrowserWindow }) => [
      (globalThis as never as { question?: { message: string } }).question?.message,
      BrowserWindow.getAllWindows()[0]?.isVisible(),
    ]);
  await close(0);
  await expect.poll(state).toEqual(['A watch is under way.', true]);
  await close(1);
  await expect.poll(state).toEqual(['A watch is under way.', false]);
  await shell.evaluate(({ app }) => void app.emit('activate'));
  await expect.poll(state).toEqual(['A watch is under way.', true]);
}

test('a drill is declared, rolled back, proven, watched, resolved and reported', async ({ start }) => {
  const trouble: string[] = [];
  const shell = await start({ onPage: (page) => watchForTrouble(page, trouble) });
  const page = await shell.window();
  const wizard = wizardOf(page);
  const enter = async (label: string): Promise<void> => {
    await wizard.offers(label);
    await page.keyboard.press('Enter');
  };

  await wizard.startDrill('app-rollback', 60);
  await expect(wizard.strip).toContainText('DRILL');
  await enter(READ);
  await expect(wizard.release(9)).toBeChecked();
  await enter('Go back to v9');
  await enter(DEPLOY);
  await enter(`Run now: ${DEPLOY}`);
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('verified by app', { timeout: 20_000 });

  await enter('Check health and version');
  await page.getByLabel('What you saw').focus();
  await page.keyboard.type('HTTP 200, v9');
  await enter('Confirm: symptom gone');
  await expect(wizard.mitigation).toContainText(/target (met|missed)/);
  await wizard.tickAll('as it should be');
  await enter('Confirm this step');

  await enter('Watch for 30 minutes');
  const probes = page.getByRole('region', { name: 'Probes' });
  await expect(probes.getByRole('img', { name: /hotdash-agent-service: \d+ probes, 0 bad/ })).toBeVisible();
  await closesOnlyItsWindow(shell);
  await page.getByRole('button', { name: 'End the watch early' }).press('Enter');
  await page.keyboard.type('Only an exercise');
  await page.getByRole('button', { name: 'End the watch now' }).press('Enter');
  await expect(wizard.outcomeOf('Watch for 30 minutes')).toContainText('stopped by you');

  await page.keyboard.press('x');
  await page.getByLabel('Reason').focus();
  await page.keyboard.type('The service is back');
  await page.getByRole('button', { name: 'Resolve the incident as it is' }).press('Enter');
  await enter('Write the report');
  await expect(page.getByRole('article', { name: 'Report preview' })).toContainText('Incident Report:');
  await page.keyboard.press('e');
  const written = await page.getByRole('status').filter({ hasText: '.md' }).innerText();
  const report = readFileSync(/Written to (.+\.md)/.exec(written)?.[1] ?? '', 'utf8');
  for (const part of [
    '**Severity**: P0',
    '## Timeline',
    'Only an exercise',
    'The service is back',
    '## Lessons Learned',
  ]) {
    expect(report).toContain(part);
  }
  expect(trouble).toEqual([]);
});
