import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { liveRunbook } from '../fixtures/live-runbook.ts';
import { expect, test } from './app.ts';
import { storedOf } from './stored.ts';
import { wizardOf } from './wizard.ts';

/** The unfolded command whose text starts with `command`. */
async function commandIn(page: Page, command: string): Promise<Locator> {
  const byHand = page.locator('details.by-hand');
  const one = byHand.locator('.stack--tight').filter({ hasText: command });
  await one.waitFor({ state: 'attached' });
  if (!(await byHand.evaluate((details: HTMLDetailsElement) => details.open))) {
    await byHand.locator('summary').click();
  }
  return one;
}

/** Opens the form of the command that starts with `command`, and records that it was run elsewhere. */
async function ranByHand(page: Page, command: string, output: string): Promise<void> {
  const one = await commandIn(page, command);
  await one.getByRole('button', { name: 'I ran it' }).click();
  await one.getByLabel('What it printed').fill(output);
  await one.getByRole('button', { name: 'Record that I ran it' }).click();
}

test('by hand: pasted readings propose a release, a pasted deploy that did nothing fails its proof', async ({
  app,
  simulatedTools,
}) => {
  const tools = await simulatedTools('app-rollback');
  app.trust(liveRunbook(tools.healthUrl));
  const fly = (...args: string[]): string =>
    execFileSync(join(tools.pathEntry, 'fly'), [...args, '-a', 'hotdash-agent-service', '--json'], {
      encoding: 'utf8',
    });
  const releases = fly('releases');
  const status = fly('status');
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.declareRow(1);
  await wizard.offers('Read the releases');
  await ranByHand(page, 'fly releases', releases);
  await expect(page.getByText('One run before')).toBeVisible();
  await ranByHand(page, 'fly status', status);
  await expect(wizard.release(9)).toBeChecked();
  await expect(wizard.release(10)).not.toBeChecked();
  await wizard.press('Go back to v9');
  await wizard.offers('Deploy v9');
  await ranByHand(page, 'fly deploy', 'Deployed, all good!');
  // The output and the exit code 0 claim success, but v10 is still running.
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('failed', {
    timeout: 60_000,
  });
  await expect(page.getByRole('region', { name: 'Post-condition' })).toContainText('Post-condition not met');
  // Rollbook only read, and changed nothing.
  expect(fly('releases')).toBe(releases);
});

/** Presses Copy and answers the copied text. */
async function copied(page: Page, command: string): Promise<string> {
  const one = await commandIn(page, command);
  await page.evaluate(() => {
    const { clipboard } = navigator;
    const write = Object.getPrototypeOf(clipboard) as Pick<Clipboard, 'writeText'>;
    clipboard.writeText = async (text) => {
      await write.writeText.call(clipboard, text);
      Object.assign(globalThis, { copiedText: text });
    };
    Object.assign(globalThis, { copiedText: '' });
  });
  await one.getByRole('button', { name: 'Copy command' }).click();
  // The button says "Copied" for only two seconds, too short to rely on with a busy machine.
  const read = () => page.evaluate(() => (globalThis as unknown as { copiedText: string }).copiedText);
  await expect.poll(read).not.toBe('');
  return await read();
}

test('the whole way by hand: each command copied, run elsewhere as it was copied, its output pasted, the proof met', async ({
  app,
  simulatedTools,
}) => {
  const tools = await simulatedTools('app-rollback');
  app.trust(liveRunbook(tools.healthUrl));
  const page = await app.open();
  const wizard = wizardOf(page);
  const elsewhere = async (command: string): Promise<void> => {
    const text = await copied(page, command);
    expect(text).toMatch(new RegExp(`^${command} `));
    // No placeholder is left.
    expect(text).not.toContain('$');
    const { status, stdout, stderr } = spawnSync('bash', ['-c', text], {
      encoding: 'utf8',
      env: app.env,
    });
    expect(status).toBe(0);
    await ranByHand(page, command, `${stdout}${stderr}`);
  };
  await wizard.declareRow(1);
  await wizard.offers('Read the releases');
  await elsewhere('fly releases');
  await expect(page.getByText('One run before')).toBeVisible();
  await elsewhere('fly status');
  await wizard.press('Go back to v9');
  await wizard.offers('Deploy v9');
  await elsewhere('fly deploy');
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('verified by app', { timeout: 60_000 });
  await wizard.offers('Check health and version');
  await elsewhere('curl');
  await page.getByLabel('What you saw').fill('HTTP 200, v9');
  await wizard.press('Confirm: symptom gone');
  await expect(wizard.mitigation).toContainText('target met');
  expect(storedOf(app, 'command.copied')).toHaveLength(4);
  expect(storedOf(app, 'run.by-hand')).toHaveLength(4);
  // Rollbook changed nothing: the new release was made elsewhere.
  expect(storedOf(app, 'run.intended').filter(({ effect }) => effect === 'change')).toEqual([]);
});
