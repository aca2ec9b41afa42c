/** An incident with a damaged event still opens, names the event, and takes notes. */
import Database from 'better-sqlite3';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { beforeAll, describe, expect, it } from 'vitest';
import { openCore } from '#core/core.ts';
import type { Envelope } from '#shared/incident/event.ts';
import type { JsonReport } from '#shared/report/json.ts';
import { commandLine } from '../../fixtures/command-line.ts';
import { windowOf } from '../../fixtures/core-window.ts';
import { keptFolder } from '../../fixtures/data-folder.ts';

const kept = keptFolder();
let hurt = '';
/** The seq of the second of three notes, and of the start of a run. */
let note = 0;
let begun = 0;

/** An open drill with a command that ran, three notes, and a change of severity. */
beforeAll(async () => {
  const core = await openCore({ host: 'cli', folder: kept() });
  const { incidents, drills } = core.services;
  hurt = await drills.start({ scenario: 'app-rollback', speed: 600, actor: 'ann', intentId: ulid() });
  const open = await incidents.open(hurt);
  const act = (intent: Parameters<typeof open.act>[0]) =>
    open.act(intent, 'ann', ulid(), open.context.eventLog.state.seq);
  await act({ kind: 'change-severity', to: 'P1', reason: 'half of them answer' });
  for (const text of ['the first note', 'the second note', 'the third note'])
    await act({ kind: 'note', text, starred: true });
  const runId = ulid();
  await open.context.eventLog.append('ann', [
    { kind: 'run.intended', payload: { ...RUN, runId } },
    { kind: 'run.ended', payload: { ...END, runId } },
  ]);
  const { events } = open.context.eventLog;
  note = events.find(({ payload }) => JSON.stringify(payload).includes('the second note'))?.seq ?? 0;
  begun = events.findLast(({ kind }) => kind === 'run.intended')?.seq ?? 0;
  await core.close();
});

const RUN = {
  stepId: 's',
  commandId: 'c',
  effect: 'change',
  template: 'deploy',
  shown: 'deploy',
  binary: '/bin/deploy',
  toolVersion: '',
  cwd: '/',
  usualMs: null,
} as const;
const END = { exit: { kind: 'code', code: 0 }, durationMs: 1, output: null, excerpt: '', explanation: null } as const;

/** A copy of the data folder with its file changed. */
function damaged(sql: string) {
  const line = commandLine();
  cpSync(kept(), line.folder, { recursive: true });
  const ask = <T>(work: (db: Database.Database) => T): T => {
    const db = new Database(join(line.folder, 'rollbook.db'));
    try {
      return work(db);
    } finally {
      db.close();
    }
  };
  ask((db) =>
    db.exec(
      `DROP TRIGGER payloads_are_only_purged; DROP TRIGGER events_are_final; DROP TRIGGER events_stay; ${sql.replaceAll('HURT', hurt)}`,
    ),
  );
  const counted = (what: string) => (): number =>
    ask((db) => db.prepare(`SELECT count(${what}) FROM events WHERE incident_id = ?`).pluck().get(hurt) as number);
  return { line, events: counted('*'), payloads: counted('payload') };
}

/** Changes bytes of the file: SQLite would not store another type in a cell of a strict table. */
function setCell(folder: string, cell: string, value: string): void {
  const path = join(folder, 'rollbook.db');
  const each = (work: (db: Database.Database) => void): void => {
    const db = new Database(path);
    db.unsafeMode(true);
    db.pragma('writable_schema = ON');
    work(db);
    db.close();
  };
  each((db) => db.exec(`UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')') WHERE name = 'events'`));
  each((db) => {
    db.exec(`UPDATE events SET ${cell} = ${value} WHERE incident_id = '${hurt}' AND seq = ${note}`);
    db.exec(`UPDATE sqlite_schema SET sql = sql || ' STRICT' WHERE name = 'events'`);
  });
}

const CELLS: readonly (readonly [cell: string, value: string, why: string])[] = [
  ['payload', 'CAST(payload AS BLOB)', 'its payload is no text'],
  ['actor', 'CAST(actor AS BLOB)', 'its actor is no text'],
  ['kind', 'CAST(kind AS BLOB)', 'its kind is no text'],
  ['at', "'soon'", 'its at is no number'],
];

const setNote = (to: string) => () => `UPDATE events SET ${to} WHERE incident_id = 'HURT' AND seq = ${note}`;

const DAMAGE: readonly (readonly [string, () => string, () => string])[] = [
  [
    'cut JSON as its payload',
    setNote(`payload = '{"text":"the sec'`),
    () => `event ${note} (note.added) is damaged (its payload is not a JSON object)`,
  ],
  [
    'null',
    setNote(`payload = 'null'`),
    () => `event ${note} (note.added) is damaged (its payload is not a JSON object)`,
  ],
  [
    'another shape',
    setNote(`payload = '{"text":7}'`),
    () => `event ${note} (note.added) is damaged (its payload does not have the shape of its kind)`,
  ],
  [
    'a time that is none',
    setNote('at = 9007199254740993'),
    () => `event ${note} (note.added) is damaged (its time is not valid)`,
  ],
  [
    'nothing left of it',
    () => `DELETE FROM events WHERE incident_id = 'HURT' AND seq = ${note}`,
    () => `event ${note} is missing`,
  ],
];

const RAW = /JSON at|Unexpected token|is not valid JSON|undefined|Cannot read prop|Invalid time|is not a function/;

describe('an incident with an event that has', () => {
  it.each(DAMAGE)('%s: is shown but for that event', async (_what, sql, why) => {
    const { line } = damaged(sql());
    for (const args of [
      ['export', hurt],
      ['report', hurt],
      ['status', hurt],
    ]) {
      const { code, out, err } = await line.run(args);
      expect([code, err], args.join(' ')).toEqual([4, expect.stringContaining(`Incident ${hurt}: ${why()}`)]);
      expect(err).toContain(join(line.folder, 'rollbook.db'));
      expect(out).not.toBe('');
      expect(out + err).not.toMatch(RAW);
    }
    const { out } = await line.run(['export', hurt]);
    expect(out).toContain('the first note');
    expect(out).toContain('the third note');
    expect(out).not.toContain('the sec');
    expect(out).toContain('**Incomplete**: 1 stored event could not be read.');
    expect(out).not.toContain('purged');
    const { unread, purged } = (await line.run(['export', hurt, '--format', 'json'])).json() as JsonReport;
    expect([purged, unread]).toEqual([0, [`Not in this report: ${why()}.`]]);
    const folder = join(line.cwd, 'exported');
    expect((await line.run(['export', hurt, '--evidence', '-o', folder])).code).toBe(4);
    expect(readFileSync(join(folder, 'report.md'), 'utf8')).toContain(why());
    const verified = await line.run(['verify', hurt]);
    expect([verified.code, verified.out]).toEqual([1, expect.stringMatching(new RegExp(`[Ee]vent ${note} `))]);
    expect((await line.run(['incidents'])).out).toContain(hurt);
  });

  it.each(DAMAGE)('%s: takes what people say, and starts nothing', async (_what, sql, why) => {
    const { line, events, payloads } = damaged(sql());
    const before = events();
    const refused = await line.run(['run', '--resume', hurt]);
    expect([refused.code, refused.err]).toEqual([4, expect.stringContaining(`can only be read here: ${why()}`)]);
    expect(events()).toBe(before);
    // The incident's row still has what the damaged event set.
    expect((await line.run(['report', 'answer', hurt, 'impact', 'none'])).out).toContain('none');
    expect((await line.run(['incidents'])).out).toMatch(new RegExp(`${hurt} +drill +P1 +open`));
    expect((await line.run(['resolve', hurt, 'the store is damaged'])).out).toContain('Resolved as it is');
    expect((await line.run(['incidents'])).out).toMatch(new RegExp(`${hurt} +drill +P1 +resolved`));
    expect((await line.run(['export', hurt])).out).toContain('the store is damaged');
    await line.run(['purge', hurt, '--yes']);
    expect(payloads()).toBe(1);
  });

  it.each(CELLS)('%s of another type: counts as damaged, and all others can be read', async (cell, value, why) => {
    const { line } = damaged('');
    setCell(line.folder, cell, value);
    const told = `event ${note} (note.added) is damaged (${why})`;
    for (const args of [
      ['export', hurt],
      ['status', hurt],
    ]) {
      const { code, out, err } = await line.run(args);
      expect([code, err], args.join(' ')).toEqual([4, expect.stringContaining(`Incident ${hurt}: ${told}`)]);
      expect(out).not.toBe('');
      expect(out + err).not.toMatch(RAW);
    }
    const { out } = await line.run(['export', hurt]);
    expect(out).toContain('the first note');
    expect(out).toContain('the third note');
    expect(out).not.toContain('the second note');
    const verified = await line.run(['verify', hurt]);
    expect([verified.code, verified.out]).toEqual([
      1,
      expect.stringContaining(`BROKEN at event ${note}: Event ${note} was changed: ${why}.`),
    ]);
    expect((await line.run(['resolve', hurt, 'the store is damaged'])).out).toContain('Resolved as it is');
    expect((await line.run(['incidents'])).out).toContain(hurt);
    const purged = await line.run(['purge', hurt, '--yes']);
    // SQLite refuses to rewrite a row that breaks its rules: the message says what to do.
    if (cell === 'payload') expect(purged.out).toContain('are gone');
    else expect([purged.code, purged.err]).toEqual([4, expect.stringContaining('The store is damaged')]);
  });

  it('a window gets the others, and why nothing can be done', async () => {
    const { line, events } = damaged(setNote(`payload = '{"text":"the sec'`)());
    const before = events();
    const core = await openCore({ host: 'desktop', folder: line.folder });
    const told: Envelope[] = [];
    const window = windowOf(core, (push) => {
      if (push.name === 'incident.events') told.push(...push.payload.events);
    });
    try {
      const { events: shown, readOnly } = await window.call('incident.open', { incidentId: hurt });
      expect(readOnly).toBe(
        `event ${note} (note.added) is damaged (its payload is not a JSON object); all others are shown, and only notes and its end are taken`,
      );
      await window.call('incident.follow', { incidentId: hurt, afterSeq: note - 2 });
      for (const list of [shown, told]) expect(list.find(({ seq }) => seq === note)?.payload).toBeNull();
      expect(told.map(({ seq }) => seq)).toEqual(Array.from({ length: before - note + 2 }, (_, n) => note - 1 + n));
      expect(JSON.stringify(shown)).toContain('the third note');
      expect(events()).toBe(before);
    } finally {
      window.close();
      await core.close();
    }
  });

  it('the declaration damaged: cannot be shown, and says why', async () => {
    const { line } = damaged(`UPDATE events SET payload = '{' WHERE incident_id = 'HURT' AND seq = 1`);
    for (const args of [
      ['export', hurt],
      ['resolve', hurt, 'why'],
    ]) {
      const { code, err } = await line.run(args);
      expect([code, err], args.join(' ')).toEqual([
        4,
        expect.stringContaining(
          `Incident ${hurt} cannot be shown: event 1 (incident.declared) is damaged (its payload is not a JSON object)`,
        ),
      ]);
      expect(err).toContain('backups');
    }
    expect((await line.run(['verify', hurt])).out).toContain('BROKEN at event 1');
  });

  it('a kind of a newer Rollbook: shows what came before, and takes nothing', async () => {
    const { line, events } = damaged(setNote(`kind = 'moon.landed'`)());
    const before = events();
    const { code, out } = await line.run(['export', hurt]);
    // It was written into the store by hand, so its chain does not verify either.
    expect([code, out]).toEqual([1, expect.stringContaining('the first note')]);
    expect(out).toContain(`event ${note} is of the unknown kind "moon.landed", and all that follows it`);
    expect(out).not.toContain('the third note');
    for (const args of [
      ['run', '--resume', hurt],
      ['resolve', hurt, 'why'],
    ])
      expect(await line.run(args), args.join(' ')).toMatchObject({
        code: 4,
        err: expect.stringContaining('a newer Rollbook wrote it'),
      });
    expect(events()).toBe(before);
  });
});

describe('the end of a run that is lost', () => {
  it.each([
    ['deleted', `DELETE FROM events WHERE incident_id = 'HURT' AND kind = 'run.ended'`],
    ['damaged', `UPDATE events SET payload = '{"runId"' WHERE incident_id = 'HURT' AND kind = 'run.ended'`],
  ])('%s: keeps nobody from purging its incident', async (_how, sql) => {
    const { line, payloads } = damaged(sql);
    await line.run(['resolve', hurt, 'it is damaged']);
    const purged = await line.run(['purge', hurt, '--yes', '--reason', 'asked for']);
    expect(purged.err).not.toContain('may still run');
    expect([purged.code, payloads()]).toEqual([0, 1]);
    expect(purged.out).toContain('are gone');
    // The next start has nothing to repair.
    expect((await line.run(['incidents'])).err).not.toContain('not whole');
  });
});

describe('the begin of a run that is damaged', () => {
  it('keeps the next start from throwing away what any run left', async () => {
    const { line } = damaged(`UPDATE events SET payload = '{"runId"' WHERE incident_id = 'HURT' AND seq = ${begun}`);
    const runId = ulid();
    cpSync(kept(), join(line.folder, 'runs', runId), { recursive: true });
    const reports: string[] = [];
    const core = await openCore({ host: 'cli', folder: line.folder, report: (text) => reports.push(text) });
    await core.close();
    expect(existsSync(join(line.folder, 'runs', runId))).toBe(true);
    expect(reports).toEqual([]);
  });
});
