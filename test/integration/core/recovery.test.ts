/** After a restart everything that was running is resumed at the same time, not one after the other. */
import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { stepState } from '#shared/incident/state.ts';
import { dataFolder, acceleratedCore } from '../../fixtures/data-folder.ts';
import { declareBy } from '../../fixtures/trusted-incident.ts';
import { nextEvent, send } from '../../fixtures/steering.ts';

const runbook = (health: string, fifo: string): string => `---
rollbook: 1
title: Two at once
services:
  some-app: { title: Some, platform: fly, health: "${health}" }
---

# Two at once

## Option 1: Both

**Use when**: testing

1. **Watch it**
   \`\`\`bash step=watch watch=30m
   curl "${health}"
   \`\`\`
2. **Change it**
   \`\`\`bash effect=change
   cat ${fifo}
   \`\`\`
`;

async function healthyService(): Promise<string> {
  const server = createServer((_, response) => void response.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`;
}

it('a watch is kept again while the command of the last start is still attended', async () => {
  const folder = dataFolder();
  const fifo = join(folder, 'held');
  execFileSync('mkfifo', [fifo]);
  const core = await acceleratedCore(folder);
  const { incidents } = core.services;
  const id = await declareBy(core, folder, runbook(await healthyService(), fifo));
  const first = await incidents.open(id);
  const [procedure] = first.context.runbook.procedures;
  const [watch, change] = procedure?.steps ?? [];
  if (procedure === undefined || watch === undefined || change === undefined) throw new Error('two steps');
  await send(first, { kind: 'choose-procedure', procedureId: procedure.id, reason: 'only one' });
  const read = nextEvent(first, ({ kind }) => kind === 'watch.reading');
  await send(first, { kind: 'start-watch', stepId: watch.id });
  await read;
  const started = nextEvent(first, ({ kind }) => kind === 'run.started');
  await send(first, { kind: 'run-change', stepId: change.id, commandId: change.commands[0]?.id ?? '' });
  await started;
  await core.close();

  const again = await (await acceleratedCore(folder)).services.incidents.open(id);
  const readAgain = nextEvent(again, ({ kind }) => kind === 'watch.reading');
  await again.steer();
  await readAgain;
  const { eventLog } = again.context;
  const running = (): boolean => [...eventLog.state.runs.values()].some(({ endedAt }) => endedAt === null);
  expect(running()).toBe(true);

  const judged = nextEvent(again, ({ kind }) => kind === 'act.ended');
  appendFileSync(fifo, 'done\n');
  await judged;
  expect(running()).toBe(false);
  expect(stepState(eventLog.state, change.id).outcome).not.toBeNull();
  expect(eventLog.state.watch).toMatchObject({ endedAt: null, bad: 0 });
  // Each of the two starts has its one loop: a first reading each, and no second loop beside it.
  expect(eventLog.envelopes.filter(({ kind }) => kind === 'watch.reading')).toHaveLength(2);
});
