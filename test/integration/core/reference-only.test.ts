/** A store that cannot be opened: what a window may still ask, and that nothing is written where the store is. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ulid } from 'ulid';
import type { AppInfo, RunbookSummary } from '#shared/contract/calls.ts';
import { openCoreForWindow } from '#core/reference-only.ts';
import { dataFolder } from '../../fixtures/data-folder.ts';

const NO_DATABASE = 'This is no database at all.\n'.repeat(500);

async function windowOver(folder: string) {
  const { core, problem } = await openCoreForWindow({ host: 'loopback', folder });
  onTestFinished(() => core.close());
  return { core, problem, window: core.connect(() => undefined) };
}

it('answers what only reads, refuses all else with why, and leaves the folder as it was', async () => {
  const folder = dataFolder();
  writeFileSync(join(folder, 'rollbook.db'), NO_DATABASE);
  const { core, problem, window } = await windowOver(folder);
  expect(problem).toMatchObject({ code: 'store-corrupt' });
  const info = await window.call('app.info', {});
  expect(info.ok && (info.value as AppInfo)).toMatchObject({ onlyReference: problem, readOnly: problem?.message });
  const list = await window.call('runbook.list', {});
  const bundled = (list.ok ? (list.value as readonly RunbookSummary[]) : []).find((summary) => summary.bundled);
  expect(await window.call('runbook.search', { hash: bundled?.hash, query: 'rollback' })).toMatchObject({ ok: true });
  const drill = { intentId: ulid(), scenario: 'app-rollback', speed: 60, rowLine: null };
  const asked: readonly (readonly [string, object])[] = [
    ['drill.start', drill],
    ['runbook.trust', { hash: bundled?.hash }],
    ['drill.book', {}],
    ['readiness.read', {}],
    ['no-such-call', {}],
  ];
  for (const [name, args] of asked) expect(await window.call(name, args), name).toEqual({ ok: false, error: problem });
  await core.close();
  expect(readdirSync(folder)).toEqual(['rollbook.db']);
  expect(readFileSync(join(folder, 'rollbook.db'), 'utf8')).toBe(NO_DATABASE);
});

it('is the core itself where the store opens', async () => {
  const { problem, window } = await windowOver(dataFolder());
  expect(problem).toBeNull();
  const info = await window.call('app.info', {});
  expect(info.ok && (info.value as AppInfo).onlyReference).toBeUndefined();
  const drill = { intentId: ulid(), scenario: 'app-rollback', speed: 60, rowLine: null };
  expect(await window.call('drill.start', drill)).toMatchObject({ ok: true });
});
