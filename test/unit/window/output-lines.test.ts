import { describe, expect, it } from 'vitest';
import { type Line, NOT_KEPT, placeBatch, placePage } from '../../../renderer/stores/output-lines.ts';

const line = (n: number) => ({ n, stream: 'stdout' as const, text: `line ${n}` });
const texts = (lines: readonly (Line | undefined)[]): readonly (string | undefined)[] =>
  Array.from(lines, (each) => each?.text);

describe('lines of output in their places', () => {
  it('puts a page after a dropped middle where its numbers say, not where it was asked for', () => {
    const lines: (Line | undefined)[] = [];
    placePage(lines, 0, 3, { total: 103, lines: [line(0), line(1), line(2)] });
    placePage(lines, 50, 5, { total: 103, lines: [line(100), line(101), line(102)] });
    expect(lines[50]).toBe(NOT_KEPT);
    expect(lines[54]).toBe(NOT_KEPT);
    expect(lines[55]).toBeUndefined();
    expect(lines.slice(100).map((each) => each?.text)).toEqual(['line 100', 'line 101', 'line 102']);
  });

  it('marks the gap inside a page as not kept', () => {
    const lines: (Line | undefined)[] = [];
    placePage(lines, 0, 5, { total: 5, lines: [line(0), line(1), line(4)] });
    expect(texts(lines)).toEqual(['line 0', 'line 1', NOT_KEPT.text, NOT_KEPT.text, 'line 4']);
  });

  it('leaves a page that has nothing yet a hole, to be asked for again', () => {
    const lines: (Line | undefined)[] = [];
    placePage(lines, 10, 5, { total: 12, lines: [] });
    expect(lines[10]).toBeUndefined();
  });

  it('never puts "not kept" over a line that came live', () => {
    const lines: (Line | undefined)[] = [];
    placeBatch(lines, { from: 2, lines: [{ stream: 'stdout', text: 'live' }] });
    placePage(lines, 0, 5, { total: 5, lines: [line(4)] });
    expect(texts(lines)).toEqual([NOT_KEPT.text, NOT_KEPT.text, 'live', NOT_KEPT.text, 'line 4']);
  });

  it('keeps what was skipped for a slow window a hole', () => {
    const lines: (Line | undefined)[] = [];
    placeBatch(lines, { from: 3, lines: [{ stream: 'stderr', text: 'late' }] });
    expect(texts(lines)).toEqual([undefined, undefined, undefined, 'late']);
  });
});
