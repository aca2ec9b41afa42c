import { expect, it, vi } from 'vitest';
import { storeError } from '#core/store/sqlite-error.ts';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';
import { send } from '../../fixtures/steering.ts';
import { declareBy } from '../../fixtures/trusted-incident.ts';

const RUNBOOK = `---
rollbook: 1
title: Jump
services:
  some-app: { title: Some, platform: fly, health: "http://127.0.0.1:9/" }
---

# Jump

## Option 1: Look

**Use when**: testing

1. **Look**
   \`\`\`bash effect=read
   true
   \`\`\`
`;

it('a jump of the clock while the disk is full is told as soon as it is not, as of when it was', async () => {
  const folder = dataFolder();
  const core = await testCore(folder, { report: () => undefined });
  const incident = await core.services.incidents.open(await declareBy(core, folder, RUNBOOK));
  await incident.captured();
  const { eventLog, storageHealth } = incident.context;
  const full = vi.spyOn(core.services.store, 'append').mockImplementation(async () => {
    throw storeError(Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }), folder);
  });
  await core.services.incidents.noteJump({ kind: 'clock.jumped', payload: { byMs: 60_000, cause: 'set' } });
  expect(storageHealth.problem?.code).toBe('disk-full');
  const before = eventLog.now();
  full.mockRestore();
  const written = new Promise<void>((resolve) => {
    incident.follow((events) => {
      if (events.some(({ kind }) => kind === 'clock.jumped')) resolve();
    });
  });
  await send(incident, { kind: 'note', text: 'there is room again', starred: false });
  await written;
  const [jump] = eventLog.events.filter(({ kind }) => kind === 'clock.jumped');
  expect(jump?.payload).toEqual({ byMs: 60_000, cause: 'set' });
  expect(jump?.occurredAt).toBeLessThanOrEqual(before);
});
