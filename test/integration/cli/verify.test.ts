/** `verify` reports every change to a stored incident and to its exported files. */
import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import { openCore } from '#core/core.ts';
import { autopilot } from '#core/drills/autopilot.ts';
import { recordedOutputs } from '#core/runner/output/output-record.ts';
import type { Verification } from '#core/verify/verification.ts';
import { processMark } from '#core/files/process-mark.ts';
import { verifyExported } from '#core/verify/verify-folder.ts';
import { commandLine } from '../../fixtures/command-line.ts';
import { dataFolder, keptFolder } from '../../fixtures/data-folder.ts';

const kept = keptFolder();
let incidentId = '';
/** Relative to the data folder: the output of a run, and evidence captured at the declaration. */
let output = '';
let captured = '';

/** A drill that was played to its end. */
beforeAll(async () => {
  const core = await openCore({ host: 'cli', folder: kept() });
  const { incidents, drills } = core.services;
  incidentId = await drills.start({ scenario: 'login-expired', speed: 600, actor: 'ann', intentId: ulid() });
  const open = await incidents.open(incidentId);
  await autopilot(open, 'ann', ulid);
  await open.captured();
  const { events } = open.context.eventLog;
  const ofRuns = events.flatMap((event) => (event.kind === 'run.ended' ? [event.payload?.runId] : []));
  const paths = recordedOutputs(events).filter(({ bytes }) => bytes > 20);
  output = paths.find(({ id }) => ofRuns.includes(id))?.path ?? '';
  captured = paths.find(({ id }) => !ofRuns.includes(id))?.path ?? '';
  await core.close();
}, 60_000);

function copied() {
  const line = commandLine();
  cpSync(kept(), line.folder, { recursive: true });
  const verify = async (...more: string[]) => {
    const { code, json } = await line.run(['verify', incidentId, '--json', ...more]);
    return { code, ...(json() as Omit<Verification, 'head'> & { readonly head: string }) };
  };
  const sql = (text: string): void => {
    const db = new Database(join(line.folder, 'rollbook.db'));
    db.exec(text.replaceAll('ID', `'${incidentId}'`));
    db.close();
  };
  return { line, verify, sql };
}

/** Changes the byte in the middle. */
function flip(path: string): void {
  const bytes = readFileSync(path);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

const CHANGES: readonly (readonly [string, (path: string) => void, string])[] = [
  ['flipped', flip, 'was changed: it has its'],
  ['cut', (path) => truncateSync(path, 7), 'was cut: 7 of'],
  ['grown', (path) => appendFileSync(path, 'o 1 forged\n'), 'was changed: it has'],
  ['deleted', (path) => rmSync(path), 'is gone'],
];

describe('verify ID', () => {
  it('is whole as it was played, outputs and captured evidence counted', async () => {
    const { line, verify } = copied();
    const found = await verify();
    expect(found).toMatchObject({ code: 0, ok: true, purged: 0, problem: null, findings: [], notes: [] });
    expect(found.files).toBeGreaterThan(3);
    expect((await line.run(['verify', incidentId])).out).toBe(
      `Whole: ${found.events} events, ${found.files} files, head ${found.head}\n`,
    );
  });

  it('without an id looks at every incident', async () => {
    const { line, sql } = copied();
    const whole = await line.run(['verify']);
    expect(whole).toMatchObject({ code: 0, out: expect.stringMatching(new RegExp(`^${incidentId}  Whole: `)) });
    sql(`UPDATE incidents SET severity = 'P3' WHERE id = ID`);
    const { code, json } = await line.run(['verify', '--json']);
    expect([code, json()]).toMatchObject([1, { ok: false, incidents: [{ incidentId, ok: false }] }]);
    expect((await line.run(['verify', '--head', '0'.repeat(64)])).err).toContain('rollbook verify ID --head HASH');
  });

  it.each([
    ['severity', `UPDATE incidents SET severity = 'P3' WHERE id = ID`],
    ['title', `UPDATE incidents SET title = 'Nothing to see' WHERE id = ID`],
    ['status', `UPDATE incidents SET status = 'closed' WHERE id = ID`],
    ['kind', `UPDATE incidents SET kind = 'live', adapter = 'real' WHERE id = ID`],
    ['time of declaration', `UPDATE incidents SET declared_at = declared_at - 60000 WHERE id = ID`],
    ['outcome', `UPDATE incidents SET summary = json_set(summary, '$.outcome', 'verified') WHERE id = ID`],
    ['mitigation (ms)', `UPDATE incidents SET summary = json_set(summary, '$.mitigationMs', 1) WHERE id = ID`],
    ['scenario', `UPDATE incidents SET summary = json_set(summary, '$.scenario', 'another') WHERE id = ID`],
    ['score', `UPDATE incidents SET summary = json_set(summary, '$.score.stops', 99) WHERE id = ID`],
    ['outcome', `UPDATE incidents SET summary = json_remove(summary, '$.outcome') WHERE id = ID`],
    ['target met', `UPDATE incidents SET summary = '{}' WHERE id = ID`],
    ['purged', `UPDATE incidents SET summary = json_set(summary, '$.purgedAt', 1) WHERE id = ID`],
  ])('tells a row whose %s is not what the events say', async (what, change) => {
    const { verify, sql } = copied();
    sql(change);
    const { code, ok, problem, findings } = await verify();
    expect({ code, ok, problem }).toEqual({ code: 1, ok: false, problem: null });
    expect(findings.join('\n')).toContain(`The list says ${what} `);
  });

  it.each(CHANGES)('tells an output and evidence that were %s', async (_how, change, told) => {
    const { line, verify } = copied();
    change(join(line.folder, output));
    change(join(line.folder, captured));
    const { code, ok, findings } = await verify();
    expect({ code, ok }).toEqual({ code: 1, ok: false });
    for (const path of [output, captured])
      expect(findings.filter((finding) => finding.startsWith(`${path} `))).toEqual([expect.stringContaining(told)]);
    expect(findings).toHaveLength(2);
    expect((await line.run(['verify', incidentId])).out).toMatch(/^NOT WHOLE: the chain of \d+ events/);
  });

  it('with --head finds a cut end that the file itself does not show', async () => {
    const { line, verify, sql } = copied();
    const { events, head } = await verify();
    expect((await verify('--head', head)).code).toBe(0);
    // Later events do not matter.
    expect((await line.run(['escalate', incidentId, 'Manager', '--said', 'on my way'])).code).toBe(0);
    expect((await verify('--head', head.toUpperCase())).code).toBe(0);
    sql(`DROP TRIGGER events_stay; DELETE FROM events WHERE incident_id = ID AND seq >= ${events};
         UPDATE incidents SET (head_seq, head_hash) = (SELECT seq, hash FROM events WHERE incident_id = incidents.id
         ORDER BY seq DESC LIMIT 1) WHERE id = ID`);
    expect((await verify()).problem).toBeNull();
    const cut = await verify('--head', head);
    expect(cut).toMatchObject({ code: 1, ok: false, problem: { what: expect.stringContaining('cut off') as string } });
    expect((await line.run(['verify', incidentId, '--head', 'abc'])).err).toContain('64 hexadecimal digits');
  });
});

describe('export --evidence', () => {
  it.each(CHANGES)('fails with a sentence when an output was %s', async (_how, change) => {
    const { line } = copied();
    change(join(line.folder, output));
    const { code, out } = await line.run(['export', incidentId, '-o', `${join(dataFolder(), 'out')}/`]);
    expect(code).toBe(1);
    expect(out).toContain('The export is NOT WHOLE');
    expect(out).toContain(output.replace('outputs/', 'evidence/'));
  });
});

async function exported() {
  const { line } = copied();
  const folder = join(dataFolder(), 'out');
  const written = await line.run(['export', incidentId, '-o', `${folder}/`, '--json']);
  expect(written.code).toBe(0);
  // As on another machine: there is no store, and none is created.
  const elsewhere = commandLine();
  const verify = async (...more: string[]) => {
    const { code, json } = await elsewhere.run(['verify', folder, '--json', ...more]);
    return { code, ...(json() as Verification & { error?: { message: string } }) };
  };
  const { head } = written.json() as { head: string };
  return { folder, head, verify, elsewhere };
}

/** Forges an export with matching hashes. */
function listAgain(folder: string, name: string): void {
  const path = join(folder, 'SHA256SUMS');
  const hash = createHash('sha256')
    .update(readFileSync(join(folder, name)))
    .digest('hex');
  const lines = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, lines.map((line) => (line.endsWith(`  ${name}`) ? `${hash}  ${name}` : line)).join('\n'));
}

describe('verify FOLDER', () => {
  it('proves an export by itself, against the head that was told', async () => {
    const { folder, head, verify, elsewhere } = await exported();
    expect(await verify('--head', head)).toMatchObject({
      code: 0,
      ok: true,
      incidentId,
      head,
      findings: [],
      notes: [],
    });
    expect((await elsewhere.run(['verify', folder])).out).toMatch(/^Whole: \d+ events, \d+ files, head /);
    expect((await elsewhere.run(['verify', `${folder}/nowhere`])).code).toBe(2);
    // By its name only, in its folder.
    cpSync(folder, join(elsewhere.cwd, 'report'), { recursive: true });
    expect((await elsewhere.run(['verify', 'report'])).code).toBe(0);
  });

  it.each(['report.md', 'report.json'])('finds a changed %s, its hash in the list changed too', async (name) => {
    const { folder, verify } = await exported();
    appendFileSync(join(folder, name), ' ');
    expect((await verify()).findings).toEqual(
      expect.arrayContaining([
        `${name} is not the file that SHA256SUMS names.`,
        `${name} is not the one that its timeline names.`,
      ]),
    );
    listAgain(folder, name);
    expect(await verify()).toMatchObject({ code: 1, findings: [`${name} is not the one that its timeline names.`] });
  });

  it.each(CHANGES)('finds evidence that was %s, its hash in the list changed too', async (_how, change, told) => {
    const { folder, verify } = await exported();
    const name = output.replace('outputs/', 'evidence/');
    change(join(folder, name));
    expect((await verify()).findings[0]).toContain(`${name} ${told}`);
    if (told !== 'is gone') listAgain(folder, name);
    expect(await verify()).toMatchObject({ code: 1, findings: [expect.stringContaining(`${name} ${told}`) as string] });
  });

  it('finds an event that was changed or cut, and a file that was added', async () => {
    const { folder, head, verify } = await exported();
    const path = join(folder, 'timeline.jsonl');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('"actor":"ann"', '"actor":"eve"'));
    expect(await verify()).toMatchObject({ code: 1, problem: { kind: 'envelope' } });
    const lines = text.trimEnd().split('\n');
    writeFileSync(path, `${lines.slice(0, -2).join('\n')}\n`);
    listAgain(folder, 'timeline.jsonl');
    expect(await verify('--head', head)).toMatchObject({ code: 1, ok: false, problem: { kind: 'rewritten' } });
    writeFileSync(path, text.slice(0, -40));
    expect(await verify()).toMatchObject({ code: 2, error: { code: 'unreadable-file' } });
    writeFileSync(path, text);
    listAgain(folder, 'timeline.jsonl');
    writeFileSync(join(folder, 'evidence', 'more.log'), '');
    expect(await verify()).toMatchObject({ code: 1, findings: ['evidence/more.log stands in no line of SHA256SUMS.'] });
  });

  it('proves a handover bundle, and refuses a changed one', async () => {
    const { line } = copied();
    const bundle = join(dataFolder(), 'it.rollbook');
    expect((await line.run(['handover', 'export', incidentId, '-o', bundle])).code).toBe(0);
    const verifying = verifyExported(bundle);
    // Its name has the id of this process: if it is killed now, the next start removes the file.
    const unpacked = readdirSync(tmpdir()).filter((name) => name.startsWith('rollbook-verify-'));
    expect(unpacked).toContainEqual(expect.stringContaining(`-${processMark()}-`));
    await verifying;
    const elsewhere = commandLine();
    expect((await elsewhere.run(['verify', bundle])).out).toMatch(/^Whole: \d+ events, \d+ files, head /);
    flip(bundle);
    expect(await elsewhere.run(['verify', bundle])).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot be verified') as string,
    });
  });
});
