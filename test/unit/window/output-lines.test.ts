import { describe, expect, it } from 'vitest';
import { NOT_KEPT, OutputLines, placeBatch, placePage } from '../../../renderer/stores/output-lines.ts';

const line = (n: number) => ({ n, stream: 'stdout' as const, text: `line ${n}` });
const texts = (lines: OutputLines, until: number): readonly (string | undefined)[] =>
  Array.from({ length: until }, (_, n) => lines.get(n)?.text);

describe('lines of output in their places', () => {
  it('puts a page after a dropped middle where its numbers say, not where it was asked for', () => {
    const lines = new OutputLines();
    placePage(lines, 0, 3, { total: 103, lines: [line(0), line(1), line(2)] });
    placePage(lines, 50, 5, { total: 103, lines: [line(100), line(101), line(102)] });
    expect(lines.get(50)).toBe(NOT_KEPT);
    expect(lines.get(54)).toBe(NOT_KEPT);
    expect(lines.get(55)).toBeUndefined();
    expect(texts(lines, 103).slice(100)).toEqual(['line 100', 'line 101', 'line 102']);
  });

  it('marks the gap inside a page as not kept', () => {
    const lines = new OutputLines();
    placePage(lines, 0, 5, { total: 5, lines: [line(0), line(1), line(4)] });
    expect(texts(lines, 5)).toEqual(['line 0', 'line 1', NOT_KEPT.text, NOT_KEPT.text, 'line 4']);
  });

  it('leaves a page that has nothing yet a hole, to be asked for again', () => {
    const lines = new OutputLines();
    placePage(lines, 10, 5, { total: 12, lines: [] });
    expect(lines.get(10)).toBeUndefined();
  });

  it('never puts "not kept" over a line that came live', () => {
    const lines = new OutputLines();
    placeBatch(lines, { from: 2, lines: [{ stream: 'stdout', text: 'live' }] });
    placePage(lines, 0, 5, { total: 5, lines: [line(4)] });
    expect(texts(lines, 5)).toEqual([NOT_KEPT.text, NOT_KEPT.text, 'live', NOT_KEPT.text, 'line 4']);
  });

  it('holds what was looked at last, whatever came before it', () => {
    const lines = new OutputLines();
    for (let n = 0; n < 50_000; n += 1) {
      lines.set(n, line(n));
      // Somebody reads the beginning meanwhile.
      lines.get(10);
    }
    expect(lines.held.lines).toBeLessThanOrEqual(5_000);
    expect(texts(lines, 11)[10]).toBe('line 10');
    expect(lines.get(20_000)).toBeUndefined();
    expect(lines.get(49_999)?.text).toBe('line 49999');
  });

  it('holds fewer of very long lines', () => {
    const lines = new OutputLines();
    for (let n = 0; n < 5_000; n += 1) lines.set(n, { stream: 'stdout', text: 'x'.repeat(10_000) });
    // Four pages stay, so that what is in sight is never dropped by what comes in.
    expect(lines.held.chars).toBeLessThanOrEqual(4 * 500 * 10_000);
  });

  it('keeps what was skipped for a slow window a hole', () => {
    const lines = new OutputLines();
    placeBatch(lines, { from: 3, lines: [{ stream: 'stderr', text: 'late' }] });
    expect(texts(lines, 4)).toEqual([undefined, undefined, undefined, 'late']);
  });
});
