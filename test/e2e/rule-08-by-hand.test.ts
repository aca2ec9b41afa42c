import { execFileSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import type { Page } from '@playwright/test';
import { liveRunbook } from '../fixtures/live-runbook.ts';
import { simulatedPath } from '../tools/simulated-path.ts';
import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

/** Opens the form of the command that begins so, and records what was run elsewhere. */
async function ranByHand(page: Page, command: string, output: string): Promise<void> {
  const byHand = page.locator('details.by-hand');
  if (!(await byHand.evaluate((details: HTMLDetailsElement) => details.open))) {
    await byHand.locator('summary').click();
  }
  const one = byHand.locator('.stack--tight').filter({ hasText: command });
  await one.getByRole('button', { name: 'I ran it' }).click();
  await one.getByLabel('What it printed').fill(output);
  await one.getByRole('button', { name: 'Record that I ran it' }).click();
}

test('by hand: pasted readings propose a release, a pasted deploy that did nothing fails its proof', async ({
  app,
}) => {
  const tools = await simulatedPath({ scenario: 'app-rollback', speed: 20, startAt: 'now' });
  try {
    app.env['PATH'] = `${tools.pathEntry}${delimiter}${process.env['PATH'] ?? ''}`;
    app.command('trust', app.writeFile('live.md', liveRunbook(tools.healthUrl)));
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
    // The output says so and the exit code is 0, but v10 runs on.
    await expect(wizard.outcomeOf('Deploy its image')).toContainText('failed', { timeout: 60_000 });
    await expect(page.getByRole('region', { name: 'Post-condition' })).toContainText('Post-condition not met');
    // Rollbook looked, and did nothing.
    expect(fly('releases')).toBe(releases);
  } finally {
    await app.end();
    await tools.stop();
  }
});
