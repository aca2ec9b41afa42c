import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyChain } from '#shared/incident/chain.ts';
import { sha256 } from '#core/store/sha256.ts';
import { declare, failure, INCIDENT, note, notes, open, pinned, temporaryFolder } from './sample.ts';

describe('creating an incident', () => {
  it('writes the row and its first events together and reads them back after a restart', async () => {
    const folder = temporaryFolder();
    const store = await open(folder);
    const pin = await pinned(store);
    const incident = {
      id: INCIDENT,
      kind: 'drill',
      adapter: 'simulated',
      title: 'Drill',
      severity: 'P1',
      declaredAt: 5,
      ...pin,
    } as const;
    const created = await store.create(incident, [note('one', { occurredAt: 400 }), note('two')]);
    expect(created.incident).toEqual({ ...incident, status: 'open', summary: {}, head: created.head });
    await store.close();

    const again = await open(folder, { session: 'session-2' });
    expect(again.incident(INCIDENT)).toEqual(created.incident);
    expect(again.events(INCIDENT)).toEqual(created.events);
    expect(created.events).toMatchObject([
      {
        seq: 1,
        at: 1_000,
        occurredAt: 400,
        mono: 10,
        boot: 'boot-1',
        session: 'session-1',
        intentId: null,
        payload: { text: 'one' },
      },
      { seq: 2, occurredAt: null, payload: { text: 'two' } },
    ]);
  });

  it('leaves nothing behind when an event is refused', async () => {
    const store = await open(temporaryFolder());
    const refused = declare(store, 1, { modelHash: 'unknown' });
    await expect(refused).rejects.toEqual(failure('not-found', 'runbook'));
    const pin = await pinned(store);
    const incident = {
      id: INCIDENT,
      kind: 'live',
      adapter: 'real',
      title: '',
      severity: 'P0',
      declaredAt: 1,
      ...pin,
    } as const;
    await expect(store.create(incident, [note('x', { payload: { at: new Date(0) } })])).rejects.toEqual(
      failure('bad-arguments', '$.at'),
    );
    await expect(store.create(incident, [])).rejects.toEqual(failure('bad-arguments'));
    expect(store.list()).toEqual([]);
  });

  it('refuses a taken id, and a live incident on the simulator', async () => {
    const store = await open(temporaryFolder());
    await declare(store);
    await expect(declare(store)).rejects.toEqual(failure('conflict', INCIDENT));
    await expect(declare(store, 1, { id: 'other', adapter: 'simulated' })).rejects.toThrow(/CHECK/);
  });

  it('answers a repeated intent with the incident it made', async () => {
    const store = await open(temporaryFolder());
    const pin = await pinned(store);
    const incident = { kind: 'live', adapter: 'real', title: '', severity: 'P0', declaredAt: 1, ...pin } as const;
    const first = await store.create({ id: 'one', ...incident }, [note('declared', { intentId: 'i' }), note('second')]);
    const second = await store.create({ id: 'two', ...incident }, [
      note('declared', { intentId: 'i' }),
      note('second'),
    ]);
    expect(second).toEqual({ ...first, repeated: true });
    expect(store.list()).toHaveLength(1);
  });
});

describe('appending', () => {
  it('refuses a stale head and says where it is now', async () => {
    const store = await open(temporaryFolder());
    await declare(store, 3);
    await expect(store.append(INCIDENT, 2, notes(1))).rejects.toEqual(failure('conflict', INCIDENT, { seq: 3 }));
    await expect(store.append(INCIDENT, 4, notes(1))).rejects.toEqual(failure('conflict', INCIDENT, { seq: 3 }));
    await expect(store.append('nowhere', 0, notes(1))).rejects.toEqual(failure('not-found', 'nowhere'));
    const appended = await store.append(INCIDENT, 3, notes(2));
    expect(appended.events.map(({ seq }) => seq)).toEqual([4, 5]);
    expect(store.head(INCIDENT)).toEqual(appended.head);
    expect(store.events(INCIDENT, 3)).toEqual(appended.events);
    expect(store.events(INCIDENT, 1, 2).map(({ seq }) => seq)).toEqual([2, 3]);
  });

  it('keeps the order of calls made without waiting', async () => {
    const store = await open(temporaryFolder());
    await declare(store);
    await Promise.all([1, 2, 3, 4, 5].map((seq) => store.append(INCIDENT, seq, [note(`after ${seq}`)])));
    const texts = store.events(INCIDENT, 1).map(({ payload }) => (payload as { text: string }).text);
    expect(texts).toEqual(['after 1', 'after 2', 'after 3', 'after 4', 'after 5']);
  });

  it('answers a repeated intent with everything it caused the first time, whatever the head', async () => {
    const store = await open(temporaryFolder());
    await declare(store);
    const drafts = [note('run', { intentId: 'intent-1' }), note('and clock')];
    const first = await store.append(INCIDENT, 1, drafts);
    const later = await store.append(INCIDENT, 3, notes(1));
    for (const expected of [1, 4]) {
      const again = await store.append(INCIDENT, expected, drafts);
      expect(again).toEqual({ events: first.events, head: later.head, repeated: true });
    }
    expect(store.events(INCIDENT)).toHaveLength(4);
    const second = note('x', { intentId: 'intent-2' });
    await expect(store.append(INCIDENT, 4, [note('y'), second])).rejects.toEqual(failure('bad-arguments', 'intent'));
  });

  it('lets two incidents have the same intent id', async () => {
    const store = await open(temporaryFolder());
    const one = await declare(store);
    const two = await declare(store, 1, { id: 'two' });
    const draft = [note('x', { intentId: 'same' })];
    expect((await store.append(one, 1, draft)).repeated).toBe(false);
    expect((await store.append(two, 1, draft)).repeated).toBe(false);
  });

  it('changes the row in the same transaction, or neither', async () => {
    const store = await open(temporaryFolder());
    await declare(store);
    await store.append(INCIDENT, 1, notes(1), { status: 'resolved', summary: { outcome: 'verified' } });
    expect(store.incident(INCIDENT)).toMatchObject({
      status: 'resolved',
      title: 'Complete outage',
      summary: { outcome: 'verified' },
    });
    const broken = store.append(INCIDENT, 2, notes(1), { modelHash: 'unknown' });
    await expect(broken).rejects.toEqual(failure('not-found'));
    expect(store.head(INCIDENT).seq).toBe(2);
  });

  it('takes the payload as it is at the call', async () => {
    const store = await open(temporaryFolder());
    await declare(store);
    const payload = { text: 'before' };
    const appending = store.append(INCIDENT, 1, [note('', { payload })]);
    payload.text = 'after';
    expect((await appending).events[0]?.payload).toEqual({ text: 'before' });
  });

  it('stores any JSON object and any text, and its chain verifies', async () => {
    const store = await open(temporaryFolder());
    await declare(store, 1);
    const anyText = fc.string({ unit: 'binary' });
    const json = fc.dictionary(anyText, fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 }));
    const oddText = fc.oneof(anyText, fc.constantFrom('\ud83d cut', '\u0000', 'a\u0000b', '__proto__'));
    await fc.assert(
      fc.asyncProperty(json, oddText, fc.double({ min: -1e12, max: 1e12, noNaN: true }), async (payload, actor, at) => {
        const { seq } = store.head(INCIDENT);
        const { events } = await store.append(INCIDENT, seq, [note('', { payload, actor, at, mono: -0.2 })]);
        expect(store.events(INCIDENT, seq)).toEqual(events);
        expect(events[0]?.payload).toEqual(JSON.parse(JSON.stringify(payload)));
        expect(store.verify(INCIDENT).ok).toBe(true);
      }),
      { numRuns: 60 },
    );
    const report = verifyChain(sha256, INCIDENT, store.chain(INCIDENT), store.head(INCIDENT));
    expect(report).toEqual(store.verify(INCIDENT));
  });

  it('refuses times that are no numbers', async () => {
    const store = await open(temporaryFolder());
    await declare(store);
    await expect(store.append(INCIDENT, 1, [note('', { at: Number.NaN })])).rejects.toEqual(
      failure('bad-arguments', 'at of note.added'),
    );
  });
});

describe('reading incidents', () => {
  it('lists by kind and status, newest first', async () => {
    const store = await open(temporaryFolder());
    await declare(store, 1, { id: 'a', declaredAt: 1 });
    await declare(store, 1, { id: 'b', declaredAt: 3, kind: 'drill', adapter: 'simulated' });
    await declare(store, 1, { id: 'c', declaredAt: 2 });
    await store.updateSummary('a', { status: 'closed', severity: 'P2', title: 'Old' });
    const ids = (filter?: Parameters<typeof store.list>[0]) => store.list(filter).map(({ id }) => id);
    expect(ids()).toEqual(['b', 'c', 'a']);
    expect(ids({ kind: 'live' })).toEqual(['c', 'a']);
    expect(ids({ status: 'open' })).toEqual(['b', 'c']);
    expect(ids({ kind: 'live', status: 'closed' })).toEqual(['a']);
    expect(ids({ limit: 1 })).toEqual(['b']);
    expect(store.incident('a')).toMatchObject({ title: 'Old', severity: 'P2' });
  });

  it('says not-found for an unknown incident', async () => {
    const store = await open(temporaryFolder());
    expect(store.incident('x')).toBeNull();
    for (const read of [
      () => store.events('x'),
      () => store.head('x'),
      () => store.verify('x'),
      () => store.chain('x'),
    ]) {
      expect(read).toThrow(failure('not-found', 'x'));
    }
    await expect(store.updateSummary('x', {})).rejects.toEqual(failure('not-found', 'x'));
  });
});
