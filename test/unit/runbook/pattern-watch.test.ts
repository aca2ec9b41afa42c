import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patternOf } from '#shared/runbook/pattern.ts';
import { PatternWatch } from '#shared/runbook/pattern-watch.ts';

const PATTERNS = ['^Error', 'done$', '^ok$', 'a\\nb', 'b', '(?:)', 'x{3}'];

function watched(chunks: readonly string[]): PatternWatch {
  const watch = new PatternWatch(PATTERNS);
  for (const chunk of chunks) watch.add(chunk);
  watch.end();
  return watch;
}

const line = fc.constantFrom(
  'Error: no',
  'no Error',
  'done',
  'done with it',
  'ok',
  'ok ok',
  'a',
  'b',
  'xxx',
  '',
  'x'.repeat(70_000),
);
const output = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '')), { maxLength: 12 })
  .map((all) => all.flat().join(''));

describe('a watch for patterns', () => {
  it('finds what is in the whole text, however it comes in pieces', () => {
    fc.assert(
      fc.property(output, fc.array(fc.nat(200), { maxLength: 30 }), (text, cuts) => {
        const chunks: string[] = [];
        let at = 0;
        for (const cut of cuts) chunks.push(text.slice(at, (at += cut)));
        const watch = watched([...chunks, text.slice(at)]);
        const whole = text.replaceAll('\r\n', '\n');
        for (const pattern of PATTERNS) expect(watch.has(pattern), pattern).toBe(patternOf(pattern)?.(whole));
      }),
    );
  });

  it('finds the first line and the last of millions, and what begins in one stretch and ends in the next', () => {
    const much = `${'y'.repeat(99)}\n`.repeat(700);
    const watch = watched([
      'Error: first\n',
      ...Array.from({ length: 200 }, () => much),
      'a\n',
      much.slice(0, 5_000),
      'a\nb\n',
      much,
    ]);
    expect(watch.has('^Error')).toBe(true);
    expect(watch.has('a\\nb')).toBe(true);
    expect(watch.has('^ok$')).toBe(false);
    expect(watch.has('never asked')).toBeNull();
  });

  it('does not say what a line holds that is too long to be looked at, and looks at those around it', () => {
    const watch = watched(['ok\n', ...Array.from({ length: 20 }, () => 'z'.repeat(100_000)), 'xxx\nb\n']);
    expect(watch.has('^ok$')).toBe(true);
    expect(watch.has('b')).toBe(true);
    expect(watch.has('x{3}')).toBeNull();
    expect(watch.has('^Error')).toBeNull();
  });
});
