/** Storage that fails: full, read-only, damaged, held by another program. */
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ulid } from 'ulid';
import { expect, it, onTestFinished } from 'vitest';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';
import { Tally } from '../../fixtures/fault-table.ts';
import { smallDisk } from '../../fixtures/small-disk.ts';
import { send } from '../../fixtures/steering.ts';
import { damage, drilled } from './damage.ts';
import { fullAfterSome } from './full-disk.ts';

it('a disk that is full after a write loses nothing, says so, and goes on once there is room', async ({ skip }) => {
  // The long test takes each of them.
  const why = await fullAfterSome({ every: 5 });
  if (why !== null) skip(why);
}, 120_000);

it('a read-only disk is read all the same, and nothing is written', async ({ skip }) => {
  const tally = new Tally('read-only disk');
  const { folder, id, events } = await drilled();
  const mounted = dataFolder();
  const disk = smallDisk(mounted, 16);
  if (typeof disk === 'string') return skip(disk);
  onTestFinished(() => disk.unmount());
  cpSync(folder, join(mounted, 'data'), { recursive: true });
  expect(spawnSync('mount', ['-o', 'remount,ro', mounted]).status).toBe(0);
  const core = await testCore(join(mounted, 'data'), { readOnly: true });
  const { store, incidents, reports } = core.services;
  const does = async (what: string, work: () => unknown): Promise<void> => {
    tally.times += 1;
    try {
      if (!(await work())) tally.wrong.push(`${what}: not as it was`);
    } catch (thrown) {
      tally.wrong.push(`${what}: ${String(thrown)}`);
    }
  };
  await does('list', () => incidents.list().length === 1);
  await does('verify', () => store.verify(id).ok);
  await does('read', () => store.events(id).length === events.length);
  await does('report', async () => (await reports.preview(id)).markdown.includes('# '));
  await does('refuse to write', async () => {
    const refused = send(await incidents.open(id), { kind: 'note', text: 'x', starred: false });
    return (await refused.catch(({ code }: { code: string }) => code)) === 'read-only';
  });
  tally.judge();
});

it('a damaged file is left where it is, named, and never called whole when it is not', async () => {
  const tally = new Tally('damaged store');
  await damage(await drilled(), 12, tally);
  tally.judge();
}, 120_000);

it('a store that another program holds is waited for, and what was asked for is stored once', async () => {
  const tally = new Tally('store held by another program');
  const folder = dataFolder();
  const core = await testCore(folder);
  const start = { scenario: 'app-rollback', speed: 600, actor: 'ann', intentId: ulid() };
  const incident = await core.services.incidents.open(await core.services.drills.start(start));
  await incident.captured();
  const other = new Database(join(folder, 'rollbook.db'));
  onTestFinished(() => void other.close());
  for (let time = 0; time < 20; time += 1) {
    other.exec('BEGIN IMMEDIATE');
    const noted = send(incident, { kind: 'note', text: `note ${time}`, starred: false });
    await new Promise((resolve) => setTimeout(resolve, time));
    other.exec('COMMIT');
    await noted.catch((thrown: unknown) => void tally.wrong.push(String(thrown)));
    const notes = incident.context.store
      .events(incident.context.incidentId)
      .filter(({ payload }) => (payload as { readonly text?: string }).text === `note ${time}`);
    if (notes.length === 0) tally.lost.push(`note ${time}`);
    if (notes.length > 1) tally.wrong.push(`note ${time} is there ${notes.length} times`);
    tally.times += 1;
  }
  tally.judge();
});
