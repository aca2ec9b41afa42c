/** Incidents declared while the store could not be opened are added to it later, once, and without loss. */
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { ulid } from 'ulid';
import { expect, it, onTestFinished, vi } from 'vitest';
import { RollbookError } from '#shared/api/result.ts';
import { keptPaths } from '#core/event-log/kept-acts.ts';
import { verifyIncident } from '#core/verify/verify-incident.ts';
import {
  asOfTheDead,
  brokenStore,
  declared,
  emergencyFolders,
  NO_DATABASE,
  windowOver,
  workedOn,
} from '../../fixtures/broken-store.ts';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';
import { smallDisk } from '../../fixtures/small-disk.ts';

it('has what was done put into the store when that opens again, once, with its runbook, its output and its proof', async () => {
  const folder = brokenStore();
  const { core, hash, incidentId, changing } = await workedOn(folder);
  await changing.catch(() => undefined);
  const head = core.services.store.head(incidentId);
  await core.close();
  const left = asOfTheDead(emergencyFolders(folder)[0] ?? '');
  const copy = join(dataFolder(), 'copy');
  cpSync(left, copy, { recursive: true });
  rmSync(join(folder, 'rollbook.db'));
  const next = await testCore(folder);
  const { store, incidents, runbooks } = next.services;
  expect(next.services.damage()).toEqual([]);
  expect(store.chain(incidentId)[head.seq - 1]?.hash).toBe(head.hash);
  expect(runbooks.list().find((each) => each.hash === hash)).toMatchObject({ trusted: true });
  expect(incidents.list()).toMatchObject([{ id: incidentId, title: 'Pier down', status: 'open' }]);
  const { eventLog } = (await incidents.open(incidentId)).context;
  const notes = eventLog.events.flatMap(({ kind, payload }) => (kind === 'note.added' ? [payload?.text] : []));
  expect(notes).toEqual(['looked at the pier', expect.stringContaining('kept this incident apart')]);
  const [run] = [...eventLog.state.runs.values()];
  const { lines } = await next.services.outputs.readLines(run?.runId ?? '', 0, 10);
  expect(lines.map(({ text }) => text)).toEqual(['the pier stands']);
  expect((await verifyIncident(next.services, incidentId, null)).ok).toBe(true);
  expect(emergencyFolders(folder)).toEqual([]);
  const taken = store.head(incidentId);
  await next.close();
  // Killed before it was removed.
  cpSync(copy, left, { recursive: true });
  chmodSync(dirname(left), 0o700);
  const again = await testCore(folder);
  expect(emergencyFolders(folder)).toEqual([]);
  expect(again.services.store.head(incidentId)).toEqual(taken);
});

it('is put into the store whole, or stays where it is, when the disk is full meanwhile', async ({ skip }) => {
  const folder = brokenStore();
  const { core, incidentId, changing } = await workedOn(folder);
  await changing.catch(() => undefined);
  await core.close();
  const left = asOfTheDead(emergencyFolders(folder)[0] ?? '');
  rmSync(join(folder, 'rollbook.db'));
  const outputs = join(folder, 'outputs');
  mkdirSync(outputs, { mode: 0o700 });
  const disk = smallDisk(outputs, 1);
  if (typeof disk === 'string') {
    console.log(`skipped: ${disk}`);
    return skip(disk);
  }
  onTestFinished(() => disk.unmount());
  disk.fill();
  const full = await testCore(folder);
  expect(full.services.damage()).toMatchObject([{ message: expect.stringContaining(left) }]);
  await full.close();
  disk.makeRoom();
  const { services } = await testCore(folder);
  expect(services.damage()).toEqual([]);
  expect(await verifyIncident(services, incidentId, null)).toMatchObject({ ok: true, findings: [] });
  expect(emergencyFolders(folder)).toEqual([]);
});

it('has what its own store does not take kept beside the usual one, and put on the timeline by the next start', async () => {
  const folder = brokenStore();
  const { core, call, incidentId, changing } = await workedOn(folder);
  await changing.catch(() => undefined);
  const { store } = core.services;
  vi.spyOn(store, 'append').mockRejectedValue(new RollbookError('disk-full', 'The disk is full.'));
  const note = { kind: 'note', text: 'kept while apart', starred: false };
  const { seq } = store.head(incidentId);
  expect(await call('incident.act', { incidentId, intentId: ulid(), expectedSeq: seq, intent: note })).toMatchObject({
    kept: true,
  });
  expect(existsSync(keptPaths(folder, incidentId)[0] ?? '')).toBe(true);
  await core.close();
  asOfTheDead(emergencyFolders(folder)[0] ?? '');
  rmSync(join(folder, 'rollbook.db'));
  const { services } = await testCore(folder);
  expect((await services.reports.preview(incidentId)).markdown).toContain('kept while apart');
  expect(existsSync(join(folder, 'unwritten'))).toBe(false);
});

it('leaves alone what another Rollbook that lives is working on', async () => {
  const folder = brokenStore();
  const { incidentId, changing } = await workedOn(folder);
  await changing.catch(() => undefined);
  rmSync(join(folder, 'rollbook.db'));
  const next = await testCore(folder);
  expect(next.services.store.incident(incidentId)).toBeNull();
  expect(emergencyFolders(folder)).toHaveLength(1);
});

it('keeps what cannot be taken in, and says where it is', async () => {
  const folder = dataFolder();
  const left = join(folder, 'emergency', 'rollbook-emergency-0-abcdef');
  mkdirSync(left, { recursive: true, mode: 0o700 });
  const broken = await windowOver(brokenStore());
  const name = basename(broken.core.services.store.folder).replace(/\.\d+\./, `.${2 ** 22 + 1}.`);
  const path = join(folder, 'emergency', name);
  renameSync(left, path);
  writeFileSync(join(path, 'rollbook.db'), NO_DATABASE);
  const { services } = await testCore(folder);
  expect(services.damage()).toMatchObject([{ code: 'store-corrupt', message: expect.stringContaining(path) }]);
  expect(readFileSync(join(path, 'rollbook.db'), 'utf8')).toBe(NO_DATABASE);
});

it('has one of them taken in though another is damaged', async () => {
  const folder = brokenStore();
  const damaged = await workedOn(folder);
  await damaged.changing.catch(() => undefined);
  const incidentId = await declared(damaged.call, damaged.hash, 'Pier down again');
  await damaged.core.close();
  const left = asOfTheDead(emergencyFolders(folder)[0] ?? '');
  const db = new Database(join(left, 'rollbook.db'));
  // The newest one, which is read first.
  db.prepare(`UPDATE incidents SET head_hash = '${'0'.repeat(64)}', declared_at = 2 * declared_at WHERE id = ?`).run(
    damaged.incidentId,
  );
  db.close();
  rmSync(join(folder, 'rollbook.db'));
  const { services } = await testCore(folder);
  expect(services.incidents.list().map(({ id }) => id)).toEqual([incidentId]);
  expect(services.damage()).toMatchObject([{ message: expect.stringContaining(left) }]);
  expect(existsSync(left)).toBe(true);
});
