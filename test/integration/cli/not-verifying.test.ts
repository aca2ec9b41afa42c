/** Exporting a timeline that does not verify says so in the report, on stderr and by the exit code. */
import Database from 'better-sqlite3';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonReport } from '#shared/report/json.ts';
import { commandLine } from '../../fixtures/command-line.ts';
import { dataFolder } from '../../fixtures/data-folder.ts';
import { begun } from '../../fixtures/handover-story.ts';

describe('an incident with a forged event', () => {
  it('is exported as one that does not verify, in every form, and its status says so', async () => {
    const { core, id } = await begun();
    const { folder } = core.services.store;
    await core.close();
    const line = commandLine(folder);
    const sound = await line.run(['export', id]);
    expect([sound.code, sound.err]).toEqual([0, '']);
    expect(sound.out).not.toContain('Not verified');

    const db = new Database(join(folder, 'rollbook.db'));
    db.exec(`DROP TRIGGER events_are_final; UPDATE events SET actor = 'eve' WHERE seq = 2`);
    db.close();
    const said = expect.stringContaining(`The timeline of incident ${id} does not verify at event 2`) as string;
    const told = '**Not verified**: The timeline that this report is made from does not verify at event 2.';
    const shown = await line.run(['export', id]);
    expect(shown).toMatchObject({ code: 1, err: said, out: expect.stringContaining(told) as string });
    const elsewhere = dataFolder();
    const file = join(elsewhere, 'one.md');
    const folderOfIt = join(elsewhere, 'whole/');
    for (const [to, written] of [
      [file, file],
      [folderOfIt, join(folderOfIt, 'report.md')],
    ] as const) {
      expect(await line.run(['export', id, '-o', to]), to).toMatchObject({ code: 1, err: said });
      expect(readFileSync(written, 'utf8')).toContain(told);
    }
    const json = await line.run(['export', id, '--format', 'json']);
    expect(json).toMatchObject({ code: 1, err: said });
    expect((json.json() as JsonReport).notVerified).toMatchObject({ seq: 2 });
    expect(await line.run(['status', id])).toMatchObject({ code: 0, err: said });
    expect((await line.run(['verify', id])).code).toBe(1);
  });
});
