/** Lists of the command line: order, plurals and words. */
import { describe, expect, it } from 'vitest';
import { obligationWords, toldBy } from '#shared/incident/obligations.ts';
import { dumpedWords } from '#shared/platforms/postgres/queries.ts';
import { writerTo } from '../../../electron/cli/terminal.ts';
import { commandLine } from '../../fixtures/command-line.ts';

const drill = (name: string): string[] => ['drill', '--scenario', name, '--auto', '--speed', '600', '--json'];

describe('rollbook incidents', () => {
  it('lists drills by when they were held, whatever date their scenario has', async () => {
    const line = commandLine();
    const held = [];
    for (const name of ['app-rollback', 'image-gone', 'app-rollback'])
      held.push(((await line.run(drill(name))).json() as { incidentId: string }).incidentId);
    const { incidents } = (await line.run(['incidents', '--json'])).json() as { incidents: { id: string }[] };
    expect(incidents.map(({ id }) => id)).toEqual(held.toReversed());
    expect((await line.run(['incidents'])).out).toContain(new Date().toISOString().slice(0, 8));
  });

  it('refuses an empty search, and says what to write', async () => {
    const said = await commandLine().run(['incidents', '--search', ' ']);
    expect(said.code).toBe(2);
    expect(said.err).toContain('There is nothing to search for');
    expect(said.err).toContain('--search "deploy"');
  });
});

describe('words', () => {
  it('of who was told: what, and how only when it is known', () => {
    expect(`Lena was told ${obligationWords('notify-after')}${toldBy('told')}`).toBe(
      'Lena was told that a rollback was started (P0)',
    );
    expect(toldBy('phone')).toBe(', by phone');
  });

  it('of a dump: the history is named, not counted as a table', () => {
    expect(dumpedWords(['a.b', 'a.c', 'supabase_migrations.schema_migrations'])).toBe(
      '2 tables and the migration history',
    );
    expect(dumpedWords(['a.b'])).toBe('1 table');
  });

  it.each([
    [true, '\u001b[32mok\u001b[0m'],
    [undefined, 'ok'],
  ])('with colours only at a terminal (%s)', (isTTY, expected) => {
    let written = '';
    writerTo({ isTTY, write: (text) => (written += text) }, String)('\u001b[32mok\u001b[0m');
    expect(written).toBe(expected);
  });

  it('with a colour that a tool left on ended at the end of its line', () => {
    let written = '';
    writerTo({ isTTY: true, write: (text) => (written += text) }, String)('  \u001b[1;31mred\n');
    expect(written).toBe('  \u001b[1;31mred\u001b[0m\n');
  });
});
