/** Purging an incident leaves none of its content in any file, keeps the chain valid, and can be killed at any moment. */
import Database from 'better-sqlite3';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import { openCore } from '#core/core.ts';
import { recordedOutputs } from '#core/runner/output/output-record.ts';
import { verifyIncident } from '#core/verify/verify-incident.ts';
import { commandLine } from '../../fixtures/command-line.ts';
import { dataFolder, keptFolder, testCore } from '../../fixtures/data-folder.ts';

const PLANTED = 'plantedzebra42';
const kept = keptFolder();
let hurt = '';
let other = '';

/** Two finished drills. One has a marker in every place where a data folder stores content. */
beforeAll(async () => {
  const core = await openCore({ host: 'cli', folder: kept() });
  const { incidents, drills, reports, search } = core.services;
  const held = async (text: string): Promise<string> => {
    const id = await drills.start({ scenario: 'app-rollback', speed: 600, actor: 'ann', intentId: ulid() });
    const open = await incidents.open(id);
    await open.captured();
    const act = (intent: Parameters<typeof open.act>[0]) =>
      open.act(intent, 'ann', ulid(), open.context.eventLog.state.seq);
    await act({ kind: 'note', text, starred: true });
    await act({ kind: 'edit-report', field: 'impact', text });
    await act({ kind: 'resolve', summary: text });
    return id;
  };
  hurt = await held(PLANTED);
  other = await held('harmless');
  await search.find(PLANTED);
  await reports.export(hurt, null, 'ann');
  await reports.exportFolder(hurt, null, 'ann');
  await core.close();
  const [output] = recordedOutputs(await events(kept()));
  const plant = (...path: string[]): void => {
    mkdirSync(join(kept(), ...path.slice(0, -1)), { recursive: true });
    writeFileSync(join(kept(), ...path), PLANTED);
  };
  plant(...(output?.path.split('/') ?? []));
  plant('dumps', hurt, 'x.dump');
  plant('work', '0a1b2c3d.1.1', output?.id ?? '', 'x.log');
  plant('runs', output?.id ?? '', 'x');
  plant('unwritten', `${hurt}.jsonl`);
  plant('handovers', `${hurt}-ABCDEF.rollbook`);
  const db = new Database(join(kept(), 'rollbook.db'));
  mkdirSync(join(kept(), 'backups'));
  db.prepare('VACUUM INTO ?').run(join(kept(), 'backups', 'rollbook-schema-7-x.db'));
  db.close();
  cpSync(
    join(kept(), 'backups', 'rollbook-schema-7-x.db'),
    join(kept(), 'backups', 'rollbook-schema-7-y.db.77.partial'),
  );
});

async function events(folder: string) {
  const core = await openCore({ host: 'cli', folder });
  const { events: all } = (await core.services.incidents.open(hurt)).context.eventLog;
  await core.close();
  return all;
}

function copied(): string {
  const folder = dataFolder();
  cpSync(kept(), folder, { recursive: true });
  return folder;
}

/** The files in the folder whose bytes contain the text. */
function holding(folder: string, text: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(text));
}

const typed = () => ({ typed: hurt.slice(-6), reason: 'asked for' });

describe('a purge', () => {
  it('leaves the text in no file, the chain whole and counted, and the other incident as it was', async () => {
    const folder = copied();
    expect(holding(folder, PLANTED).length).toBeGreaterThan(6);
    const core = await testCore(folder);
    const { purges, incidents, store, runbooks, search } = core.services;
    const head = store.head(hurt);
    const before = await verifyIncident({ store, runbooks }, other);
    const plan = purges.plan(hurt);
    expect(plan).toMatchObject({ payloads: head.seq, backups: 1 });
    // This folder is a copy: the files that its timeline names are in the original folder, and stay.
    const names = ['2025-10-13-P0-agent-service.md', '2025-10-13-P0-agent-service'];
    expect(plan.elsewhere).toEqual(names.map((name) => join(kept(), 'reports', name)));
    const done = await purges.purge(hurt, typed(), 'ann');
    expect(done).toMatchObject({ left: [], payloads: head.seq, files: plan.files });
    expect(holding(folder, PLANTED)).toEqual([]);
    expect(existsSync(join(folder, 'backups', 'rollbook-schema-7-x.db'))).toBe(true);
    expect(holding(folder, 'harmless').length).toBeGreaterThan(1);
    const purged = await verifyIncident({ store, runbooks }, hurt, head.hash);
    expect(purged).toMatchObject({ ok: true, events: head.seq + 1, purged: head.seq, findings: [], problem: null });
    expect(await verifyIncident({ store, runbooks }, other)).toEqual(before);
    expect(await search.find(PLANTED)).toEqual([]);
    const listed = incidents.list().find(({ id }) => id === hurt);
    expect(listed).toMatchObject({ title: 'Purged', status: 'resolved', purgedAt: expect.any(Number) as number });
    await expect(incidents.open(hurt)).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining('was purged') as string,
    });
    // A second purge has nothing to do.
    expect(await purges.purge(hurt, typed(), 'ann')).toMatchObject({ left: [], files: 0 });
  });

  it('names a report and a bundle that were written elsewhere, and leaves them', async () => {
    const [core, elsewhere] = [await testCore(), dataFolder()];
    const { purges, drills, reports, handovers } = core.services;
    const id = await drills.start({ scenario: 'app-rollback', speed: 600, actor: 'ann', intentId: ulid() });
    const [report, path] = [join(elsewhere, 'report.md'), join(elsewhere, 'out.rollbook')];
    await reports.export(id, report, 'ann');
    await handovers.give(id, { path, to: 'bo', reason: 'end of shift' }, 'ann');
    const { elsewhere: named } = await purges.purge(id, { typed: id, reason: 'asked for' }, 'ann');
    expect(named).toEqual([report, path]);
    expect(named.filter((each) => !existsSync(each))).toEqual([]);
  });

  it('killed after any of its commits is ended by the next start, or has not begun', async () => {
    const folder = copied();
    const copies: string[] = [];
    let armed = false;
    const committed = (): void => {
      if (!armed) return;
      const copy = dataFolder();
      cpSync(folder, copy, { recursive: true });
      copies.push(copy);
    };
    const core = await testCore(folder, { committed });
    const { seq } = core.services.store.head(hurt);
    armed = true;
    await core.services.purges.purge(hurt, typed(), 'ann');
    armed = false;
    expect(copies.length).toBeGreaterThan(4);
    let begun = 0;
    for (const [commit, copy] of copies.entries()) {
      const db = new Database(join(copy, 'rollbook.db'));
      db.prepare('UPDATE leases SET pid = ?').run(2 ** 22 + 1);
      db.close();
      const said: string[] = [];
      const later = await testCore(copy, { report: (line) => said.push(line) });
      const { store, runbooks, purges } = later.services;
      const where = `after commit ${commit + 1}`;
      expect(said, where).toEqual([]);
      if (store.head(hurt).seq === seq) {
        expect(holding(copy, PLANTED).length, where).toBeGreaterThan(6);
        await purges.purge(hurt, typed(), 'ann');
      } else begun += 1;
      expect(store.purge.unfinished(), where).toEqual([]);
      expect(await verifyIncident({ store, runbooks }, hurt), where).toMatchObject({ ok: true, purged: seq });
      await later.close();
      expect(holding(copy, PLANTED), where).toEqual([]);
    }
    expect(begun).toBeGreaterThan(3);
  });

  it('of which only the row tells removes nothing, and keeps nobody from the incident', async () => {
    const folder = copied();
    const db = new Database(join(folder, 'rollbook.db'));
    db.prepare(`UPDATE incidents SET summary = json_set(summary, '$.purgedAt', 1, '$.purging', json('true'))`).run();
    db.close();
    const before = holding(folder, PLANTED).length;
    const core = await testCore(folder);
    const { store, incidents } = core.services;
    expect(store.purge.unfinished()).toEqual([]);
    expect(store.purge.payloadsOf(hurt)).toBe(store.head(hurt).seq);
    expect(holding(folder, PLANTED).length).toBeGreaterThanOrEqual(before);
    expect((await incidents.open(hurt)).context.eventLog.state.resolvedAt).not.toBeNull();
  });

  it('is refused for another id, an open incident, and one that another Rollbook works on', async () => {
    const folder = copied();
    const core = await testCore(folder);
    const { purges, drills, incidents, store } = core.services;
    await expect(purges.purge(hurt, { typed: other.slice(-6), reason: '' }, 'ann')).rejects.toMatchObject({
      code: 'bad-arguments',
    });
    const open = await drills.start({ scenario: 'app-rollback', speed: 600, actor: 'ann', intentId: ulid() });
    expect(() => purges.plan(open)).toThrow('is open: only one that is over can be purged');
    const second = await testCore(folder);
    await (await second.services.incidents.open(hurt)).steer();
    expect(() => purges.plan(hurt)).toThrow('Another Rollbook works on incident');
    await (await second.services.incidents.open(hurt)).close();
    // Open in another process, but idle: that process releases it when it is told.
    await purges.purge(hurt, typed(), 'ann');
    await second.services.incidents.catchUp();
    await expect(second.services.incidents.open(hurt)).rejects.toThrow('was purged');
    expect(store.verify(hurt).ok).toBe(true);
    expect(incidents.opened(hurt)).toBeNull();
  });

  it('says which copy of the store it could not write anew, and is not ended before', async () => {
    const folder = copied();
    const stray = join(folder, 'backups', 'rollbook-schema-3-old.db');
    writeFileSync(stray, PLANTED.repeat(100));
    const core = await testCore(folder);
    const done = await core.services.purges.purge(hurt, typed(), 'ann');
    expect(done.left).toEqual([expect.stringContaining(`The copy ${stray} could not be written anew`)]);
    expect(core.services.store.purge.unfinished()).toEqual([hurt]);
    writeFileSync(stray, '');
    expect((await core.services.purges.purge(hurt, typed(), 'ann')).left).toEqual([]);
  });
});

describe('what was purged', () => {
  it('is not brought back by a bundle of before, and a report under another name is told', async () => {
    const folder = copied();
    const core = await testCore(folder);
    const { purges, handovers, reports, store } = core.services;
    const bundle = join(dataFolder(), 'before.rollbook');
    await reports.export(hurt, join(folder, 'mine.md'), 'ann');
    await handovers.give(hurt, { path: bundle, to: '', reason: '' }, 'ann');
    expect(purges.plan(hurt).elsewhere).toContain(join(folder, 'mine.md'));
    expect((await purges.purge(hurt, typed(), 'ann')).left).toEqual([]);
    expect(holding(folder, PLANTED)).toEqual([join(folder, 'mine.md')]);
    await expect(handovers.take(bundle, { trust: true, reason: '' }, 'ann')).rejects.toThrow('was purged');
    expect(holding(folder, PLANTED)).toEqual([join(folder, 'mine.md')]);
    expect(store.verify(hurt).ok).toBe(true);
  });
});

describe('rollbook purge', () => {
  it('shows what goes, asks for the end of the id, and removes nothing without it', async () => {
    const line = commandLine(copied());
    for (const [input, message] of [
      [[], 'The purge was not confirmed'],
      [['no'], '"no" is not this incident'],
    ] as const) {
      const refused = await line.run(['purge', hurt], input);
      expect(refused).toMatchObject({ code: 2, err: expect.stringContaining(message) as string });
      expect(refused.out).toContain('1 copy of the store');
    }
    expect(holding(line.folder, PLANTED).length).toBeGreaterThan(6);
    const done = await line.run(['purge', hurt, '--reason', 'asked for'], [hurt.slice(-6).toLowerCase()]);
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('are gone; the chain is whole') as string });
    expect(holding(line.folder, PLANTED)).toEqual([]);
    expect((await line.run(['incidents'])).out).toMatch(new RegExp(`${hurt} .* purged .*Purged`));
    expect((await line.run(['verify', hurt])).out).toMatch(/^Whole, \d+ payloads purged: \d+ events, head/);
    expect(await line.run(['export', hurt])).toMatchObject({
      code: 1,
      err: expect.stringContaining('was purged on') as string,
    });
    expect((await line.run(['purge', hurt, '--yes', '--json'])).json()).toMatchObject({ left: [] });
  });
});
