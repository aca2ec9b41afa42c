import { describe, expect, it } from 'vitest';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { fixture, reassembled } from './fixtures.ts';

/** A runbook of the seed's structure: damaged symbols, stale commands, no hints. */
describe('a runbook without hints, as people write them', () => {
  const parsed = parseRunbook(fixture('pier-nine.md'), 'pier-nine.md');
  const { model, source } = parsed;

  it('is read into exactly the model beside it', async () => {
    const { blocks: _, ...rest } = model;
    const written = `${JSON.stringify(rest, null, 2)}\n`;
    await expect(written).toMatchFileSnapshot('../../fixtures/runbooks/pier-nine.model.json');
  });

  it('loses nothing of the text', () => {
    expect(reassembled(parsed)).toBe(source);
    expect(model.blocks.map(({ kind }) => kind)).toContain('table');
  });

  it('has its symbols repaired and says so', () => {
    expect(model.repaired).toBe(true);
    expect(source).toContain('\u{1F6A8} GOING BACK');
    expect(source).toContain('**\u26A0\uFE0F CAREFUL**');
  });

  it('points at the text of every command', () => {
    const commands = [
      ...model.procedures.flatMap(({ steps }) => steps.flatMap((step) => step.commands)),
      ...model.otherCommands,
    ];
    expect(commands.length).toBe(12);
    for (const { text, written = text, start, end, line } of commands) {
      const flat = (written: string): string => written.replace(/\n\s*/g, '\n');
      expect(flat(source.slice(start, end))).toBe(flat(written));
      expect(source.slice(0, start).split('\n').length).toBe(line);
    }
  });

  it('reads the same with Windows line ends and a byte order mark', () => {
    const text = new TextDecoder().decode(fixture('pier-nine.md'));
    const windows = parseRunbook(`\uFEFF${text.replaceAll('\n', '\r\n')}`, 'pier-nine.md');
    const unplaced = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value, (key, inner) => (key === 'start' || key === 'end' ? undefined : inner)));
    expect(unplaced({ ...windows.model, blocks: [] })).toEqual(unplaced({ ...model, blocks: [] }));
    expect(reassembled(windows)).toBe(windows.source);
  });
});
