/** With a store that cannot be opened: what works without it, and that its file is not changed. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ulid } from 'ulid';
import { expect, it } from 'vitest';
import type { AppInfo, RunbookSummary } from '#shared/api/calls.ts';
import type { IncidentSummary } from '#shared/api/incident-summary.ts';
import {
  asOfTheDead,
  brokenStore,
  emergencyFolders,
  NO_DATABASE,
  windowOver,
  workedOn,
} from '../../fixtures/broken-store.ts';
import { dataFolder } from '../../fixtures/data-folder.ts';

it('reads, declares and notes; starts no change, answers nothing of what is out of reach, and leaves the file as it was', async () => {
  const folder = brokenStore();
  const { problem, window, call } = await windowOver(folder);
  expect(problem).toMatchObject({ code: 'store-corrupt' });
  expect(await call<AppInfo>('app.info', {})).toMatchObject({ readOnly: null, emergency: { problem } });
  const bundled = (await call<readonly RunbookSummary[]>('runbook.list', {})).find((summary) => summary.bundled);
  expect(await window.call('runbook.search', { hash: bundled?.hash, query: 'rollback' })).toMatchObject({ ok: true });
  const drill = { intentId: ulid(), scenario: 'app-rollback', speed: 60, rowLine: null };
  const asked: readonly (readonly [string, object])[] = [
    ['drill.start', drill],
    ['drill.book', {}],
    ['readiness.read', {}],
    ['no-such-call', {}],
  ];
  for (const [name, args] of asked) expect(await window.call(name, args), name).toEqual({ ok: false, error: problem });
  const { core, changing } = await workedOn(folder);
  await expect(changing).rejects.toMatchObject({
    code: 'not-allowed',
    message: expect.stringContaining(problem?.message ?? 'a problem'),
  });
  expect(existsSync(join(folder, 'changed'))).toBe(false);
  await core.close();
  expect(readFileSync(join(folder, 'rollbook.db'), 'utf8')).toBe(NO_DATABASE);
});

it('leaves nothing behind where nothing was done', async () => {
  const folder = brokenStore();
  const { core } = await windowOver(folder);
  await core.close();
  expect(readdirSync(folder)).toEqual(['rollbook.db']);
});

it('goes on where a Rollbook was killed that worked without the store', async () => {
  const folder = brokenStore();
  const { core, incidentId, changing } = await workedOn(folder);
  await changing.catch(() => undefined);
  await core.close();
  asOfTheDead(emergencyFolders(folder)[0] ?? '');
  const { call } = await windowOver(folder);
  expect(await call<readonly IncidentSummary[]>('incident.list', {})).toMatchObject([{ id: incidentId }]);
  expect(emergencyFolders(folder)).toHaveLength(1);
});

it('lies in the temporary folder where the data folder takes nothing', async () => {
  const file = join(dataFolder(), 'a file');
  writeFileSync(file, '');
  const { core, problem } = await windowOver(join(file, 'data'));
  expect(problem).not.toBeNull();
  expect(dirname(dirname(core.services.store.folder))).toBe(process.env['TMPDIR'] ?? '/tmp');
  await core.close();
  expect(existsSync(dirname(core.services.store.folder))).toBe(false);
});

it('is the core itself where the store opens', async () => {
  const { problem, window, call } = await windowOver(dataFolder());
  expect(problem).toBeNull();
  expect((await call<AppInfo>('app.info', {})).emergency).toBeUndefined();
  const drill = { intentId: ulid(), scenario: 'app-rollback', speed: 60, rowLine: null };
  expect(await window.call('drill.start', drill)).toMatchObject({ ok: true });
});
