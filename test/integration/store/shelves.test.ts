import Database from 'better-sqlite3';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '#core/store/sha256.ts';
import { declare, failure, INCIDENT, notes, open, pinned, temporaryFolder } from './sample.ts';

describe('runbooks', () => {
  it('keep every model, so an open incident keeps its steps when the parser gets better', async () => {
    const store = await open(temporaryFolder(), { now: () => 77 });
    const source = { name: 'team.md', source: '# T\n' };
    const hash = sha256(source.source);
    const first = await store.runbooks.put({ ...source, model: { steps: 1 }, modelVersion: 1 });
    const better = await store.runbooks.put({ ...source, model: { steps: 2 }, modelVersion: 1 });
    expect([first.hash, better.hash]).toEqual([hash, hash]);
    expect(better.modelHash).not.toBe(first.modelHash);
    expect(await store.runbooks.put({ ...source, model: { steps: 1 }, modelVersion: 1 })).toEqual(first);
    expect(store.runbooks.get(hash)).toEqual({
      ...source,
      ...better,
      model: { steps: 2 },
      modelVersion: 1,
      addedAt: 77,
    });
    expect(store.runbooks.get(hash, first.modelHash)?.model).toEqual({ steps: 1 });
    expect(store.runbooks.get('unknown')).toBeNull();
    expect(store.runbooks.list()).toEqual([{ hash, name: 'team.md', addedAt: 77 }]);
  });

  it.each([
    ['text', "UPDATE runbooks SET source = '# Other'"],
    ['model', `UPDATE models SET model = '{"title":"Other"}'`],
  ])('are not answered when their %s was changed in the file, until they are put again', async (_what, change) => {
    const folder = temporaryFolder();
    const store = await open(folder);
    await declare(store);
    const { runbookHash, modelHash } = await pinned(store);
    expect(store.verify(INCIDENT).ok).toBe(true);
    new Database(join(folder, 'rollbook.db')).exec(change).close();
    expect(() => store.runbooks.get(runbookHash)).toThrow(/was changed in the store/);
    expect(() => store.runbooks.get(runbookHash, modelHash)).toThrow(/was changed in the store/);
    expect(store.verify(INCIDENT)).toMatchObject({ ok: false, problem: { kind: 'runbook' } });
    expect(await pinned(store)).toEqual({ runbookHash, modelHash });
    expect(store.runbooks.get(runbookHash, modelHash)?.source).toBe('# Runbook\n');
    expect(store.verify(INCIDENT).ok).toBe(true);
  });

  it('are trusted by content, once, and the last trusted one of a name is known', async () => {
    const store = await open(temporaryFolder());
    const { runbookHash } = await pinned(store);
    const changed = await store.runbooks.put({
      name: 'bundled',
      source: 'x',
      model: {},
      modelVersion: 1,
    });
    const mark = { hash: runbookHash, by: 'rollbook', at: 5, how: 'bundled' };
    expect(store.trust.of(runbookHash)).toBeNull();
    await store.trust.add(mark);
    await store.trust.add({ ...mark, by: 'eve', at: 9 });
    expect(store.trust.of(runbookHash)).toEqual(mark);
    expect(store.trust.lastTrusted('bundled')).toEqual(mark);
    await store.trust.add({ hash: changed.hash, by: 'ada', at: 6, how: 'reviewed-changes' });
    expect(store.trust.lastTrusted('bundled')?.hash).toBe(changed.hash);
    expect(store.trust.lastTrusted('other')).toBeNull();
    await expect(store.trust.add({ ...mark, hash: 'x' })).rejects.toEqual(failure('not-found', 'x'));
  });
});

describe('settings', () => {
  it('hold JSON values', async () => {
    const folder = temporaryFolder();
    const store = await open(folder);
    await store.settings.set('approvers', ['ada', 'grace']);
    await store.settings.set('slack', { channel: '#ops' });
    await store.settings.set('slack', null);
    await store.settings.set('theme', 'dark');
    await store.settings.remove('theme');
    await expect(store.settings.set('bad', undefined)).rejects.toEqual(failure('bad-arguments'));
    await store.close();
    const again = await open(folder);
    expect(again.settings.keys()).toEqual(['approvers', 'slack']);
    expect(again.settings.get('approvers')).toEqual(['ada', 'grace']);
    expect(again.settings.get('approvers')).toEqual(['ada', 'grace']);
    expect(again.settings.get('theme')).toBeNull();
  });
});

describe('search', () => {
  it('finds words by prefix, in one incident or all, and replaces an old text', async () => {
    const store = await open(temporaryFolder());
    await declare(store, 3);
    await declare(store, 1, { id: 'other' });
    await store.search.index([
      { incidentId: INCIDENT, seq: 1, text: 'Deploying hotdash-api to release v9' },
      { incidentId: INCIDENT, seq: 2, text: 'café is down' },
      { incidentId: 'other', seq: 1, text: 'deployed by hand' },
      { incidentId: 'nowhere', seq: 1, text: 'deploy' },
    ]);
    const found = (query: string, incidentId?: string) =>
      store.search
        .find(query, incidentId === undefined ? {} : { incidentId })
        .map((hit) => `${hit.incidentId}/${hit.seq}`);
    expect(found('deploy').toSorted()).toEqual([`${INCIDENT}/1`, 'other/1']);
    expect(found('deploy', 'other')).toEqual(['other/1']);
    expect(found('api hotdash')).toEqual([`${INCIDENT}/1`]);
    expect(found('CAFE')).toEqual([`${INCIDENT}/2`]);
    expect(store.search.find('release')[0]?.snippet).toBe('Deploying hotdash-api to \u0002release\u0003 v9');
    await store.search.index([{ incidentId: INCIDENT, seq: 1, text: 'something else' }]);
    expect(found('hotdash')).toEqual([]);
    expect(store.search.find('e', { limit: 1 })).toHaveLength(1);
  });

  it.each(['', '   ', '"', '*', 'a AND', 'NEAR(', "'; DROP TABLE", '-x', 'col:x', '^a', '{}', '\u0000'])(
    'survives the query %j',
    async (query) => {
      const store = await open(temporaryFolder());
      expect(store.search.find(query)).toEqual([]);
    },
  );
});

describe('changedSince', () => {
  it('is true once after another process committed, and never for own writes', async () => {
    const folder = temporaryFolder();
    const one = await open(folder);
    const two = await open(folder, { session: 'session-2' });
    await declare(one);
    expect(one.changedSince()).toBe(false);
    expect(two.changedSince()).toBe(true);
    expect(two.changedSince()).toBe(false);
    await two.append(INCIDENT, 1, notes(1));
    expect(one.changedSince()).toBe(true);
  });
});
