import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../fixtures/command-line.ts';

describe('bad input is named, with what to do, and nothing is lost', () => {
  it.each([
    ['a missing runbook', 'gone.md', null, 'there is no such file'],
    ['a binary runbook', 'binary.md', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0xff]), 'binary.md'],
    ['a runbook of 5 MB', 'big.md', Buffer.alloc(5 * 1_048_576, '# line\n'), '5.0 MB'],
    ['broken front matter', 'front.md', Buffer.from('---\nrollbook: 1\nservices: [\n---\n# T\n'), 'front.md'],
  ])('%s', async (_name, file, bytes, said) => {
    const line = commandLine();
    if (bytes !== null) writeFileSync(join(line.cwd, file), bytes);
    for (const command of ['show', 'check', 'run']) {
      const result = await line.run([command, file]);
      expect(result.code).toBe(2);
      expect(result.err).toContain(said);
      // The second line says what to do.
      expect(result.err.trim().split('\n').length).toBeGreaterThanOrEqual(2);
    }
  });

  it('an unknown scenario, incident, row and option', async () => {
    const line = commandLine();
    expect(await line.run(['drill', '--scenario', 'nope', '--auto'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('app-rollback') as string,
    });
    expect(await line.run(['verify', '01AAAAAAAAAAAAAAAAAAAAAAAA'])).toMatchObject({ code: 2 });
    expect(await line.run(['export', '01AAAAAAAAAAAAAAAAAAAAAAAA'])).toMatchObject({ code: 2 });
    expect(await line.run(['run', '--row', '99'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('rows 1 to 10') as string,
    });
    expect(await line.run(['drill', '--speed', 'fast'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('1 to 600') as string,
    });
    expect(await line.run(['launch'])).toMatchObject({ code: 2 });
  });

  it('a runbook nobody reviewed is not run', async () => {
    const line = commandLine();
    writeFileSync(
      join(line.cwd, 'other.md'),
      '# Other\n\n## Option 1: Restart\n\n1. **Do it**\n   ```bash\n   true\n   ```\n',
    );
    const result = await line.run(['run', 'other.md', '--row', '1']);
    expect(result).toMatchObject({ code: 2, err: expect.stringContaining('--trust') as string });
  });

  it('a tampered chain is a finding that names the event', async () => {
    const line = commandLine();
    const drilled = await line.run(['drill', '--scenario', 'image-gone', '--auto', '--speed', '600', '--json']);
    const { incidentId } = drilled.json() as { incidentId: string };
    const db = new Database(join(line.folder, 'rollbook.db'));
    db.exec('DROP TRIGGER IF EXISTS events_are_final; DROP TRIGGER IF EXISTS events_no_update');
    const triggers = db
      .prepare("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events'")
      .all() as { name: string }[];
    for (const { name } of triggers) db.exec(`DROP TRIGGER "${name}"`);
    db.prepare("UPDATE events SET actor = 'mallory' WHERE incident_id = ? AND seq = 3").run(incidentId);
    db.close();
    const verified = await line.run(['verify', incidentId, '--json']);
    expect(verified).toMatchObject({ code: 1 });
    expect(verified.json()).toMatchObject({ ok: false, problem: { seq: 3 } });
  });

  it('a corrupt store is left as it is, with exit code 4', async () => {
    const line = commandLine();
    writeFileSync(
      join(line.folder, 'rollbook.db'),
      'this is not a database, and long enough to be looked at as one'.repeat(20),
    );
    const result = await line.run(['incidents']);
    expect(result).toMatchObject({ code: 4 });
    expect(result.err.trim().split('\n').length).toBeGreaterThanOrEqual(2);
  });
});
