import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

/** Prints many lines at once and then keeps running until the test ends it. */
const runbook = (gate: string): string => `---
rollbook: 1
title: Many lines
services:
  pier: { title: Pier, platform: fly, health: "http://127.0.0.1:9/health" }
---

# Many lines

| Severity | Condition | Action | Timeframe |
|---|---|---|---|
| P0 | The service is down | Roll back | <5 min |

## Option 1: Print

**Use when**: The service is down

1. **Print many lines**
   \`\`\`bash effect=read timeout=60s
   for once in 1; do seq -f "line %.0f of the output" 20000; cat "${gate}"; done
   \`\`\`
   - [ ] Seen
`;

test('a burst of 20,000 lines: its end is in sight while the command goes on, its middle when asked for', async ({
  app,
}) => {
  const gate = join(app.folder, 'gate');
  execFileSync('mkfifo', [gate]);
  app.trust(runbook(gate));
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.declareRow(1);
  await wizard.press('Run for once');
  await expect(wizard.output).toContainText('line 20000 of the output');
  await expect(page.getByRole('region', { name: /^Output of/ })).toContainText('running');
  await expect(wizard.output).not.toContainText('...');
  // Half way up: lines that were skipped in the window are read from the store.
  await wizard.output.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
  await expect(wizard.output).toContainText(/line (99|100)\d\d of the output/);
  await expect(wizard.output).not.toContainText('...');
  appendFileSync(gate, 'let go\n');
  await expect(page.getByRole('button', { name: /^Tick: Seen/ })).toBeVisible();
});

/** A step that reads, and one that changes something with what was read. */
const READ_THEN_CHANGE = (file: string): string =>
  runbook('/dev/null').replace(
    /1\. \*\*Print[\s\S]*$/,
    `1. **Look at the queue**
   \`\`\`bash effect=read timeout=60s
   echo "queue depth 4711"
   \`\`\`
2. **Drain the queue**
   \`\`\`bash effect=change
   touch "${file}"
   \`\`\`
`,
  );

test('what a step has read stays open at the next one, until that has run something itself', async ({ app }) => {
  app.trust(READ_THEN_CHANGE(join(app.folder, 'drained')));
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.declareRow(1);
  await wizard.press('Run echo');
  await expect(wizard.title).toHaveText('Drain the queue');
  const read = page.getByRole('region', { name: /^Output of echo/ });
  await expect(read).toBeVisible();
  await expect(read).toContainText('queue depth 4711');
  await wizard.runChange('Run touch');
  await expect(read).toHaveCount(0);
});
