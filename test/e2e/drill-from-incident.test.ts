/** An incident of another team's runbook is drilled again in the window: its tools answer as they did then. */
import { spawnSync } from 'node:child_process';
import { expect, test } from './app.ts';
import { CLI } from './hosts/app-folder.ts';
import { wizardOf } from './wizard.ts';

const RUNBOOK = `# Pier

| Severity | Condition | Action | Timeframe |
|---|---|---|---|
| P1 | The pier is stuck | Restart it | <5 min |

## Rollback authority

* **P1**: Any engineer may start

## Restart the pier

**Use when**: the pier is stuck

1. **Look at the pier**
   \`\`\`bash effect=read
   pierctl status
   \`\`\`
2. **Restart it**
   \`\`\`bash effect=change
   pierctl restart
   \`\`\`
`;

test('a finished incident is drilled again without its tools', async ({ app }) => {
  const path = app.writeFile('pier.md', RUNBOOK);
  app.addProgram('pierctl', '#!/bin/sh\necho "pier 7: $1 as on that night"\n');
  const run = [CLI, 'run', path, '--trust', '--row', '1'];
  // Enter takes what is offered; at the end of the input the incident is left open.
  spawnSync(process.execPath, run, { env: app.env, input: '\n\n\n\n' });
  const { incidents } = JSON.parse(app.command('incidents', '--json')) as { incidents: { id: string }[] };
  app.command('resolve', incidents[0]?.id ?? '', 'It was restarted.');
  app.addProgram('pierctl', '#!/bin/sh\necho "the real tool"\nexit 9\n');

  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('r');
  await page.getByRole('radio', { name: '60 times as fast' }).check();
  const listed = page.getByRole('list', { name: 'Incidents to drill again' }).getByRole('listitem');
  await expect(listed).toHaveCount(1);
  await expect(listed).toContainText('The pier is stuck');
  await listed.getByRole('button', { name: 'Drill this incident again' }).click();

  const wizard = wizardOf(page);
  await expect(wizard.strip).toContainText('DRILL');
  await expect(wizard.strip).toContainText('simulated');
  await expect(wizard.title).toContainText('Look at the pier');
  await page.keyboard.press('Enter');
  await expect(wizard.outcomeOf('Look at the pier')).toContainText('done');
  await expect(page.locator('body')).toContainText('pier 7: status as on that night');
  await expect(page.locator('body')).not.toContainText('the real tool');
});
