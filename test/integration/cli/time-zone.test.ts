/** A report is written whatever TZ says, also where the runtime knows no such zone. */
import { beforeAll, expect, it } from 'vitest';
import { ulid } from 'ulid';
import { openCore } from '#core/core.ts';
import { commandProcess } from '../../fixtures/command-process.ts';
import { keptFolder } from '../../fixtures/data-folder.ts';
import { withVariables } from '../../fixtures/environment.ts';

const kept = keptFolder();
let incidentId = '';

beforeAll(async () => {
  const core = await openCore({ host: 'cli', folder: kept() });
  const start = { scenario: 'app-rollback', speed: 600, actor: 'ann', intentId: ulid() };
  incidentId = await core.services.drills.start(start);
  const open = await core.services.incidents.open(incidentId);
  await open.captured();
  await open.act({ kind: 'resolve', summary: 'broken off' }, 'ann', ulid(), open.context.eventLog.state.seq);
  await core.close();
});

it.each([
  ['UTC0', 'UTC'],
  ['Local', 'UTC'],
  ['America/Nowhere', 'UTC'],
  ['', 'UTC'],
  ['Europe/Berlin', 'Europe/Berlin'],
  // POSIX: two hours behind UTC.
  ['GMT+2', 'UTC-02:00'],
])('TZ=%s is %s', async (zone, told) => {
  withVariables({ TZ: zone });
  const { code, out, err } = await commandProcess(kept(), ['export', incidentId]).ended;
  expect(err).toBe('');
  expect(code).toBe(0);
  expect(out).toContain(`Time zone of this report**: ${told}\n`);
});
