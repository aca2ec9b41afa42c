/** With one damaged row in the store, every command reports it in a sentence and shows everything else. */
import Database from 'better-sqlite3';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import type { IncidentSummary } from '#shared/api/incident-summary.ts';
import { commandLine } from '../../fixtures/command-line.ts';
import { dataFolder, keptFolder, virtualCore } from '../../fixtures/data-folder.ts';
import { passingTime } from '../../fixtures/test-ports.ts';
import { openCore } from '#core/core.ts';
import { autopilot } from '#core/drills/autopilot.ts';

const kept = keptFolder();
let hurt = '';
let other = '';

/** Two resolved drills and a setting, made once. */
beforeAll(async () => {
  const core = await openCore({ host: 'cli', folder: kept() });
  const { incidents, drills, store } = core.services;
  const held = async (): Promise<string> => {
    const id = await drills.start({ scenario: 'app-rollback', speed: 600, actor: 'ann', intentId: ulid() });
    const open = await incidents.open(id);
    await open.act({ kind: 'resolve', summary: 'broken off' }, 'ann', ulid(), open.context.eventLog.state.seq);
    return id;
  };
  hurt = await held();
  other = await held();
  await store.settings.set('keys.single', true);
  await core.close();
});

/** A copy of the data folder with its file changed. */
function damaged(sql: string) {
  const line = commandLine();
  cpSync(kept(), line.folder, { recursive: true });
  const db = new Database(join(line.folder, 'rollbook.db'));
  db.pragma('ignore_check_constraints = ON');
  db.pragma('foreign_keys = OFF');
  db.exec(`DROP TRIGGER payloads_are_only_purged; DROP TRIGGER events_are_final; ${sql.replaceAll('HURT', hurt)}`);
  db.close();
  return line;
}

/** Messages of an unhandled error. */
const RAW = /JSON at|Unexpected token|is not valid JSON|undefined|Cannot read prop|Invalid time|is not a function/;

const ROWS: readonly (readonly [what: string, sql: string])[] = [
  ['summary', `UPDATE incidents SET summary = '{"outcome"' WHERE id = 'HURT'`],
  ['summary', `UPDATE incidents SET summary = '[]' WHERE id = 'HURT'`],
  ['summary', `UPDATE incidents SET summary = json_set(summary, '$.outcome', json('{}')) WHERE id = 'HURT'`],
  ['summary', `UPDATE incidents SET summary = json_set(summary, '$.mitigationMs', 'soon') WHERE id = 'HURT'`],
  ['summary', `UPDATE incidents SET summary = json_set(summary, '$.met', 7) WHERE id = 'HURT'`],
  ['summary', `UPDATE incidents SET summary = json_set(summary, '$.score', json('{"steps":null}')) WHERE id = 'HURT'`],
  ['summary', `UPDATE incidents SET summary = json_set(summary, '$.handedOver', json('[]')) WHERE id = 'HURT'`],
  ['summary', `UPDATE incidents SET summary = json_set(summary, '$.purgedAt', 9e99) WHERE id = 'HURT'`],
  ['severity', `UPDATE incidents SET severity = 'PX' WHERE id = 'HURT'`],
  ['status', `UPDATE incidents SET status = 'gone' WHERE id = 'HURT'`],
  ['kind', `UPDATE incidents SET kind = '' WHERE id = 'HURT'`],
  ['time of declaration', `UPDATE incidents SET declared_at = 9007199254740993 WHERE id = 'HURT'`],
  ['head', `UPDATE incidents SET head_hash = 'x' WHERE id = 'HURT'`],
];

describe('a damaged row of an incident', () => {
  it.each(ROWS)('%s: is told by every list, shown from its events, and hides no other: %s', async (what, sql) => {
    const line = damaged(sql);
    const told = `The row of incident ${hurt} is damaged (its ${what})`;
    const listed = await line.run(['incidents', '--json']);
    expect(listed.code).toBe(4);
    expect(listed.err).toContain(told);
    expect(listed.err).toContain(join(line.folder, 'rollbook.db'));
    const { incidents } = listed.json() as { incidents: readonly IncidentSummary[] };
    expect(incidents.map(({ id }) => id).toSorted()).toEqual([hurt, other].toSorted());
    const [whole, shown] = [other, hurt].map((id) => incidents.find((incident) => incident.id === id));
    const { severity, status, kind, outcome, targetMs, title } = whole as IncidentSummary;
    expect(shown).toMatchObject({
      severity,
      status,
      kind,
      outcome,
      targetMs,
      title,
      damaged: { code: 'store-corrupt' },
    });
    for (const args of [['incidents'], ['incidents', '--stats'], ['drill', '--history']]) {
      const { code, out, err } = await line.run(args);
      expect([code, out + err], args.join(' ')).toEqual([4, expect.not.stringMatching(RAW)]);
      expect(err).toContain(told);
    }
    for (const args of [
      ['export', other],
      ['verify', other],
      ['report', other],
    ])
      expect(await line.run(args), args.join(' ')).toMatchObject({ code: 0, err: '' });
    // An act in the incident rewrites its row.
    await line.run(['report', 'answer', hurt, 'impact', 'none']);
    expect(await line.run(['incidents'])).toMatchObject({ code: 0, err: '' });
  });

  it('that cannot be read from its events either is listed all the same', async () => {
    const line = damaged(
      `UPDATE incidents SET summary = '{' WHERE id = 'HURT'; UPDATE events SET payload = 'x' WHERE incident_id = 'HURT' AND seq = 1`,
    );
    const listed = await line.run(['incidents']);
    expect(listed.code).toBe(4);
    expect(listed.out).toContain(other);
    expect(listed.out).toContain(hurt);
    expect(listed.err).toContain('look for the incident in a copy from the backups folder');
    for (const args of [
      ['export', hurt],
      ['status', hurt],
      ['resolve', hurt, 'why'],
    ]) {
      const { code, err } = await line.run(args);
      expect([code, err], args.join(' ')).toEqual([
        4,
        expect.stringContaining(`Incident ${hurt} cannot be shown: event 1 `),
      ]);
      expect(err).not.toMatch(RAW);
    }
    expect((await line.run(['incidents', '--search', 'outage'])).out).toContain(other);
  });
});

describe('a row of an incident that is gone, while its events are there', () => {
  const GONE = `DELETE FROM incidents WHERE id = 'HURT'`;
  const told = (): RegExp => new RegExp(`The row of incident ${hurt} is gone, while its \\d+ events are in the store`);

  it('is told by every list and by verify, shown from its events, and hides no other', async () => {
    const line = damaged(GONE);
    const listed = await line.run(['incidents', '--json']);
    expect([listed.code, listed.err]).toEqual([4, expect.stringMatching(told())]);
    expect(listed.err).toContain(join(line.folder, 'rollbook.db'));
    const { incidents } = listed.json() as { incidents: readonly IncidentSummary[] };
    const [shown, whole] = [hurt, other].map((id) => incidents.find((incident) => incident.id === id));
    expect(incidents).toHaveLength(2);
    const { id: _id, declaredAt: _declaredAt, damaged: row, ...rest } = shown as IncidentSummary;
    expect(row?.code).toBe('store-corrupt');
    expect(whole).toMatchObject(rest);
    for (const args of [
      ['incidents', '--stats'],
      ['incidents', '--search', 'outage'],
      ['drill', '--history'],
      ['export', hurt],
      ['report', hurt],
      ['status', hurt],
    ]) {
      const { code, out, err } = await line.run(args);
      expect([code, err], args.join(' ')).toEqual([4, expect.stringMatching(told())]);
      expect(out + err).not.toMatch(RAW);
      expect(out).not.toBe('');
    }
    for (const args of [['verify'], ['verify', hurt]]) {
      const { code, out } = await line.run(args);
      expect([code, out], args.join(' ')).toEqual([1, expect.stringMatching(told())]);
      expect(out).toMatch(/NOT WHOLE: the chain of \d+ events/);
    }
    for (const args of [
      ['export', other],
      ['verify', other],
      ['report', other],
    ])
      expect(await line.run(args), args.join(' ')).toMatchObject({ code: 0, err: '' });
  });

  it('is not written by reading, and written anew by the next act', async () => {
    const line = damaged(GONE);
    const rows = (): unknown => {
      const db = new Database(join(line.folder, 'rollbook.db'));
      const found = db.prepare('SELECT * FROM incidents WHERE id = ?').all(hurt);
      db.close();
      return found;
    };
    for (const args of [['incidents'], ['export', hurt], ['verify']]) await line.run(args);
    expect(rows()).toEqual([]);
    await line.run(['report', 'answer', hurt, 'impact', 'none']);
    expect(await line.run(['incidents'])).toMatchObject({ code: 0, err: '' });
    expect(await line.run(['verify'])).toMatchObject({ code: 0, err: '' });
    expect(rows()).toMatchObject([{ status: 'resolved', title: expect.stringContaining('Complete outage') }]);
  });

  it('whose declaration is damaged too: is listed, and says that it cannot be shown', async () => {
    const line = damaged(`${GONE}; UPDATE events SET payload = 'x' WHERE incident_id = 'HURT' AND seq = 1`);
    const listed = await line.run(['incidents']);
    expect([listed.code, listed.err]).toEqual([4, expect.stringMatching(told())]);
    expect(listed.out).toContain(hurt);
    expect(listed.out).toContain(other);
    for (const args of [
      ['export', hurt],
      ['resolve', hurt, 'why'],
      ['run', '--resume', hurt],
    ]) {
      const { code, err } = await line.run(args);
      expect([code, err], args.join(' ')).toEqual([4, expect.stringContaining(hurt)]);
      expect(err).not.toMatch(RAW);
    }
    const { code, out } = await line.run(['verify']);
    expect([code, out]).toEqual([1, expect.stringContaining(`${hurt}  BROKEN at event 1`)]);
  });

  it('of an open drill: goes on where it was, and ends', async () => {
    const folder = dataFolder();
    const before = await virtualCore(folder);
    const { drills } = before.services;
    const id = await drills.start({ scenario: 'app-rollback', speed: 600, actor: 'ann', intentId: ulid() });
    await before.close();
    const db = new Database(join(folder, 'rollbook.db'));
    db.pragma('foreign_keys = OFF');
    db.prepare('DELETE FROM incidents').run();
    db.close();
    const core = await virtualCore(folder);
    const { incidents } = core.services;
    expect(incidents.list()).toMatchObject([
      { id, status: 'open', attended: false, damaged: { code: 'store-corrupt' } },
    ]);
    await passingTime(autopilot(await incidents.open(id), 'ann', ulid));
    expect(incidents.list()).toMatchObject([{ id, status: 'resolved', outcome: 'verified' }]);
    expect(incidents.list()[0]).not.toHaveProperty('damaged');
  });
});

describe('a damaged runbook', () => {
  it.each([
    ['models', `UPDATE models SET model = substr(model, 1, 200)`],
    ['models', `DELETE FROM models`],
    ['runbooks', `UPDATE runbooks SET source = substr(source, 1, 200)`],
  ])('in %s, the bundled one: is put right from this build, and nothing is hidden', async (_table, sql) => {
    const line = damaged(sql);
    for (const args of [['incidents'], ['export', hurt], ['verify', hurt], ['settings'], ['drill', '--history']]) {
      const { code, out, err } = await line.run(args);
      expect([code, err], args.join(' ')).toEqual([0, '']);
      expect(out).not.toMatch(RAW);
    }
  });
});

describe('a damaged runbook of a team', () => {
  it.each([
    ['model', `UPDATE models SET model = substr(model, 1, 200)`],
    ['text', `UPDATE runbooks SET source = substr(source, 1, 200)`],
  ])('in its %s is told, hides no other, and is whole once its file was added again', async (_what, sql) => {
    const line = damaged('');
    const file = join(line.cwd, 'pier-nine.md');
    cpSync(fileURLToPath(new URL('../../fixtures/runbooks/pier-nine.md', import.meta.url)), file);
    expect((await line.run(['trust', file])).code).toBe(0);
    const db = new Database(join(line.folder, 'rollbook.db'));
    db.exec(sql);
    db.close();
    const { code, out, err } = await line.run(['settings']);
    expect([code, out]).toEqual([4, expect.stringContaining('(bundled)')]);
    expect(err).toMatch(
      /The runbook .*pier-nine\.md \([\da-f]{12}\) is not what was reviewed: it was changed in the store/,
    );
    expect(err).toContain('Add its file again');
    expect(await line.run(['export', hurt])).toMatchObject({ code: 0, err: '' });
    expect((await line.run(['trust', file])).code).toBe(0);
    expect(await line.run(['settings'])).toMatchObject({ code: 0, err: '' });
  });
});

describe('a damaged setting', () => {
  it.each([['keys.single'], [`runbook:bundled`]])('%s counts as not set and is told', async (key) => {
    const line = damaged(`INSERT OR REPLACE INTO settings VALUES ('${key}', '{"a')`);
    const { code, out, err } = await line.run(['settings']);
    expect([code, out]).toEqual([4, expect.stringContaining('single-keys')]);
    expect(err).toContain(`The setting "${key}" is damaged in the store: ${join(line.folder, 'rollbook.db')}.`);
    expect((await line.run(['export', hurt])).code).toBe(0);
    const [name, value] = key === 'keys.single' ? ['single-keys', 'on'] : ['approvers', 'ann'];
    await line.run(['settings', 'set', name, value]);
    expect(await line.run(['settings'])).toMatchObject({ code: 0, err: '' });
  });
});
