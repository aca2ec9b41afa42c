/** Backups of the store while nothing runs, and the commands that restore one. */
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, statSync, utimesSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import type { RollbookError } from '#shared/api/result.ts';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';
import { declareLive, liveStory } from '../../fixtures/live-story.ts';
import { send } from '../../fixtures/steering.ts';
import { declare, INCIDENT, open, temporaryFolder } from './sample.ts';

const DAY_MS = 86_400_000;
const copiesIn = (folder: string): readonly string[] => readdirSync(join(folder, 'backups')).toSorted();

/** A data folder with one incident, on a clock that the test sets. */
async function filled() {
  const folder = temporaryFolder();
  const clock = { at: Date.UTC(2026, 10, 3, 3, 12) };
  const store = await open(folder, { now: () => clock.at });
  await declare(store, 3);
  return { folder, store, clock };
}

/** Overwrites the middle of the file, behind its header. */
function damage(path: string): void {
  const fd = openSync(path, 'r+');
  writeSync(fd, Buffer.alloc(Math.floor(statSync(path).size / 2), 0xa5), 0, undefined, 4096);
  closeSync(fd);
}

describe('a copy of the store', () => {
  it('is made at most daily, for its owner alone, and the newest three are kept', async () => {
    const { folder, store, clock } = await filled();
    expect(await store.backups.makeDaily()).not.toBeNull();
    clock.at += DAY_MS - 1;
    expect(await store.backups.makeDaily()).toBeNull();
    for (let day = 0; day < 4; day += 1) {
      clock.at += DAY_MS;
      expect(await store.backups.makeDaily()).not.toBeNull();
    }
    const copies = copiesIn(folder);
    expect(copies).toHaveLength(3);
    expect(copies.at(-1)).toBe(`rollbook-copy-${new Date(clock.at).toISOString().replaceAll(/[:.]/g, '-')}.db`);
    expect(copies.map((name) => statSync(join(folder, 'backups', name)).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
  });

  it('takes in what is written while it is made, and holds up no writer', async () => {
    const { folder, store } = await filled();
    const made = store.backups.make();
    await store.settings.set('written', 'meanwhile');
    const path = (await made) ?? '';
    expect(store.settings.get('written')).toBe('meanwhile');
    expect(readFileSync(path).subarray(0, 15).toString()).toBe('SQLite format 3');
    expect(copiesIn(folder)).toHaveLength(1);
  });

  it('is named with the commands that put it back when the store is damaged', async () => {
    const { folder, store } = await filled();
    const path = (await store.backups.make()) ?? '';
    await store.close();
    damage(join(folder, 'rollbook.db'));
    const { message, advice = '' } = (await open(folder).catch((thrown: unknown) => thrown)) as RollbookError;
    expect(message).toContain('The store is damaged');
    expect(advice).toContain(`The newest copy is ${path}`);
    execFileSync('sh', ['-c', advice.slice(advice.indexOf('cd '))]);
    const again = await open(folder);
    expect(again.verify(INCIDENT)).toMatchObject({ ok: true, events: 3 });
    // The damaged one is kept.
    expect(readdirSync(folder).filter((name) => name.startsWith('damaged-'))).toHaveLength(1);
  });

  it('is the newest by the time in its name, whenever a purge wrote it anew', async () => {
    const { folder, store, clock } = await filled();
    const older = (await store.backups.make()) ?? '';
    clock.at += DAY_MS;
    const newer = (await store.backups.make()) ?? '';
    utimesSync(newer, 1_000_000, 1_000_000);
    utimesSync(older, 2_000_000, 2_000_000);
    await store.close();
    damage(join(folder, 'rollbook.db'));
    await expect(open(folder)).rejects.toMatchObject({
      advice: expect.stringContaining(`The newest copy is ${newer}, of 2026-11-04 03:12 UTC`) as string,
    });
  });

  it('of a store without any says that there is none', async () => {
    const { folder, store } = await filled();
    await store.close();
    damage(join(folder, 'rollbook.db'));
    await expect(open(folder)).rejects.toMatchObject({
      advice: expect.stringContaining('There is no copy in') as string,
    });
  });
});

describe('the core', () => {
  it('makes one when a live incident was closed, and none while one is open', async () => {
    const story = await liveStory('app-rollback');
    const incident = await declareLive(story);
    await send(incident, { kind: 'note', text: 'plantedzebra42', starred: false });
    await send(incident, { kind: 'resolve', summary: 'it was a false alarm' });
    expect(readdirSync(story.folder)).not.toContain('backups');
    await send(incident, { kind: 'close', summary: '' });
    await story.core.close();
    expect(copiesIn(story.folder)).toHaveLength(1);

    // The next start on the same day makes no backup, and a purge removes the incident from the existing one.
    const core = await testCore(story.folder);
    const { purges, store } = core.services;
    const [copy = ''] = copiesIn(story.folder);
    const holds = (): boolean => readFileSync(join(story.folder, 'backups', copy)).includes('plantedzebra42');
    expect(holds()).toBe(true);
    const id = incident.context.incidentId;
    expect(await purges.purge(id, { typed: id, reason: '' }, 'ann')).toMatchObject({ backups: 1, left: [] });
    expect(holds()).toBe(false);
    await core.close();
    expect(store.folder).toBe(story.folder);
    expect(copiesIn(story.folder)).toEqual([copy]);
  });

  it('makes none of a store that holds drills alone', async () => {
    const folder = dataFolder();
    const core = await testCore(folder);
    const { drills, incidents, newId } = core.services;
    const id = await drills.start({ scenario: 'app-rollback', speed: 600, actor: 'ann', intentId: newId() });
    const incident = await incidents.open(id);
    await incident.act({ kind: 'resolve', summary: 'enough' }, 'ann', ulid(), incident.context.eventLog.state.seq);
    await core.close();
    await (await testCore(folder)).close();
    expect(readdirSync(folder)).not.toContain('backups');
  });
});
