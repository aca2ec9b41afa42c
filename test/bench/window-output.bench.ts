/** 20,000 lines from a process until the window shows the last one, compared with reading them from the process directly. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ulid } from 'ulid';
import { openCore } from '#core/core.ts';
import { startLoopback } from '../../electron/loopback/start.ts';
import { launchChromium } from '../../build/setup/chromium.mjs';
import { benchFolder, byTurns, tellTimes, timed } from './measure.ts';

const LINES = 20_000;
/** One command that runs on for a moment after its last line, as a deploy does: the window scrolls while a command runs. */
const RUNBOOK = `---
rollbook: 1
title: Many lines
services:
  bench-app: { title: Bench, platform: fly, health: "http://127.0.0.1:9/health" }
---

# Many lines

## Option 1: Print

**Use when**: measuring

1. **Print many lines**
   \`\`\`bash effect=read timeout=60s
   for once in 1; do seq -f "line %.0f of the output of a command" ${LINES}; sleep 2; done
   \`\`\`
   - [ ] Seen
`;

const folder = benchFolder();
writeFileSync(join(folder, 'many.md'), RUNBOOK);
const core = await openCore({ host: 'loopback', folder: join(folder, 'data') });
const { runbooks, incidents } = core.services;
const { hash } = await runbooks.importFile(join(folder, 'many.md'));
await runbooks.trust(hash, 'bench');
const host = await startLoopback({ core, windowFolder: fileURLToPath(new URL('../../dist/window', import.meta.url)) });
const browser = await launchChromium();

async function throughTheWindow(): Promise<number> {
  const now = Date.now();
  const incidentId = await incidents.declare(
    {
      intentId: ulid(),
      runbook: hash,
      severity: 'P0',
      rowLine: null,
      title: 'Lines',
      symptom: '',
      service: 'bench-app',
      detectedAt: now,
    },
    'bench',
  );
  const incident = await incidents.open(incidentId);
  const [procedure] = incident.context.runbook.procedures;
  const step = procedure?.steps[0];
  if (procedure === undefined || step === undefined) throw new Error('the runbook of the bench has one step');
  const seq = (): number => incident.context.eventLog.state.seq;
  await incident.act({ kind: 'choose-procedure', procedureId: procedure.id, reason: 'bench' }, 'bench', ulid(), seq());
  const page = await browser.newPage();
  await page.goto((await host.newLink()).url);
  await page.getByText('Lines').first().click();
  await page.getByText(step.title).first().waitFor();
  const last = page.getByText(`line ${LINES} of the output`);
  const ms = await timed(async () => {
    await incident.act({ kind: 'run-reads', stepId: step.id }, 'bench', ulid(), seq());
    await last.waitFor();
  });
  await incident.settled();
  await incident.act({ kind: 'resolve', summary: 'measured' }, 'bench', ulid(), seq());
  await page.close();
  return ms;
}

async function bare(): Promise<number> {
  return await timed(async () => {
    const child = spawn('seq', ['-f', 'line %.0f of the output of a command', String(LINES)]);
    let count = 0;
    for await (const _line of createInterface({ input: child.stdout })) count += 1;
    if (count !== LINES) throw new Error(`the bare process printed ${count} lines`);
  });
}

const times = await byTurns(3, throughTheWindow, bare);
tellTimes(
  { what: `${LINES} lines to the window`, budget: 1_000, baseline: 'reading them from the bare process' },
  times,
);
await browser.close();
await host.close();
await core.close();
