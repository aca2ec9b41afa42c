/** A data folder on read-only media can be listed, shown, verified and exported, with a notice. */
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ulid } from 'ulid';
import { openCore } from '#core/core.ts';
import { openStore } from '#core/store/open.ts';
import { commandLine } from '../../fixtures/command-line.ts';
import { dataFolder, keptFolder } from '../../fixtures/data-folder.ts';
import { readOnlyDisk } from '../../fixtures/small-disk.ts';

const kept = keptFolder();
let incidentId = '';

beforeAll(async () => {
  const core = await openCore({ host: 'cli', folder: kept() });
  incidentId = await core.services.drills.start({
    scenario: 'app-rollback',
    speed: 600,
    actor: 'ann',
    intentId: ulid(),
  });
  const open = await core.services.incidents.open(incidentId);
  await open.captured();
  await open.act({ kind: 'resolve', summary: 'broken off' }, 'ann', ulid(), open.context.eventLog.state.seq);
  await core.close();
});

/** A copy with three notes that are only in the write-ahead log, as after a kill. */
async function withLog(side: readonly string[]): Promise<string> {
  const [writing, left] = [dataFolder(), dataFolder()];
  cpSync(kept(), writing, { recursive: true });
  const store = await openStore({ folder: writing, session: 'writing', boot: 'b' });
  const { seq } = store.head(incidentId);
  const note = (text: string) => ({
    at: 1,
    mono: 1,
    actor: 'ann',
    kind: 'note.added',
    v: 1,
    payload: { text, starred: false },
  });
  await store.append(incidentId, seq, [note('in the log 1'), note('in the log 2'), note('in the log 3')]);
  cpSync(writing, left, {
    recursive: true,
    filter: (path) => !/-(?:wal|shm)$/.test(path) || side.some((end) => path.endsWith(end)),
  });
  await store.close();
  return left;
}

describe('read-only media', () => {
  it.for([
    ['a store that was closed', null],
    ['a log that was left', ['-wal']],
    ['a log and its index that were left', ['-wal', '-shm']],
  ] as const)('with %s can be listed, verified and exported', async ([, side], { skip }) => {
    const from = side === null ? kept() : await withLog(side);
    const folder = dataFolder();
    const disk = readOnlyDisk(folder, from);
    if (typeof disk === 'string') {
      console.log(`skipped: ${disk}`);
      return skip(disk);
    }
    onTestFinished(() => disk.unmount());
    const copies = () => readdirSync(tmpdir()).filter((name) => name.startsWith('rollbook-reading-'));
    const before = copies();
    const line = commandLine(folder);
    const out = join(dataFolder(), 'out');
    for (const args of [
      ['incidents'],
      ['verify', incidentId],
      ['export', incidentId],
      ['export', incidentId, '-o', `${out}/`],
      ['report', incidentId],
      ['status', incidentId],
      ['drill', '--history'],
      ['settings'],
    ]) {
      const { code, err } = await line.run(args);
      expect([code, err], args.join(' ')).toEqual([0, expect.stringContaining('The store was only read')]);
      expect(err).toContain('the disk can only be read');
    }
    const report = readFileSync(join(out, 'report.md'), 'utf8');
    for (const n of [1, 2, 3]) expect(report.includes(`in the log ${n}`)).toBe(side !== null);
    const head = (await line.run(['verify', incidentId, '--json'])).json() as { events: number };
    const writable = await openStore({ folder: from, session: 's', boot: 'b', readOnly: true });
    expect(head.events).toBe(writable.head(incidentId).seq);
    await writable.close();
    // Commands that write are refused, with the reason.
    const refused = await line.run(['report', 'answer', incidentId, 'impact', 'none']);
    expect([refused.code, refused.err]).toEqual([4, expect.stringContaining('the disk can only be read')]);
    expect(copies()).toEqual(before);
    expect(existsSync(join(folder, 'reports'))).toBe(false);
  });
});
