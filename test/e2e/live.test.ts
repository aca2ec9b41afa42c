import { delimiter, join } from 'node:path';
import { liveRunbook } from '../fixtures/live-runbook.ts';
import { simulatedPath } from '../tools/simulated-path.ts';
import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

test('a live P0 by keyboard: at most 8 presses to the running command, a real process, proven', async ({ app }) => {
  const tools = await simulatedPath({ scenario: 'app-rollback', speed: 20, startAt: 'now' });
  try {
    app.env['PATH'] = `${tools.pathEntry}${delimiter}${process.env['PATH'] ?? ''}`;
    app.command('trust', app.writeFile('live.md', liveRunbook(tools.healthUrl)));
    const page = await app.open();
    const wizard = wizardOf(page);
    await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
    let presses = 0;
    const press = async (key: string): Promise<void> => {
      presses += 1;
      await page.keyboard.press(key);
    };
    await press('d');
    await page.getByRole('radio', { name: /The service is down/ }).waitFor();
    await press('1');
    await expect(page.getByRole('radio', { name: /The service is down/ })).toBeChecked();
    await press('Enter');
    await wizard.offers('Read the releases');
    await press('Enter');
    await wizard.offers('Go back to v9');
    await press('Enter');
    await wizard.offers('Deploy v9 to hotdash-agent-service');
    await press('Enter');
    await wizard.offers('Run now: Deploy v9');
    await press('Enter');
    await expect(wizard.output).toContainText('Verifying app config', { timeout: 20_000 });
    expect(presses).toBeLessThanOrEqual(8);

    await expect(wizard.strip).toContainText('LIVE');
    await expect(wizard.strip).toContainText(join(tools.pathEntry, 'fly'));
    await expect(wizard.outcomeOf('Deploy its image')).toContainText('verified by app', { timeout: 60_000 });
    expect(tools.world.read().releases.at(-1)?.status).toBe('complete');
  } finally {
    await app.end();
    await tools.stop();
  }
});
