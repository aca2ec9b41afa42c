import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patternOf } from '#shared/runbook/pattern.ts';
import { PatternWatch } from '#shared/runbook/pattern-watch.ts';

const PATTERNS = ['^Error', 'done$', '^ok$', 'a\\nb', 'b', '(?:)', 'x{3}', '^$', 'done\\n$', 'ok\\s+done', 'a[^b]*'];
/** Patterns whose matches may be longer than the text that is kept. */
const FAR = ['(?s)ok.*done', 'ok[^b]*done', '(?:a|\\n)+b'];
/** Patterns with anchors for the start or end of the whole text. */
const OF_THE_WHOLE = ['\\Aok', 'done\\z', '(?-m)^ok', '(?i-m:ok$)'];

function watched(chunks: readonly string[]): PatternWatch {
  const watch = new PatternWatch([...PATTERNS, ...FAR, ...OF_THE_WHOLE]);
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
        for (const pattern of FAR) expect([patternOf(pattern)?.(whole), null], pattern).toContain(watch.has(pattern));
        for (const pattern of OF_THE_WHOLE) expect(watch.has(pattern), pattern).toBeNull();
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

  it('finds what begins in a line that is longer than what is kept, and ends behind it', () => {
    const long = 'x'.repeat(70_000);
    const watch = watched([`${long}ok\r\n`, 'done with it\n', `${long}done\n`]);
    expect(watch.has('ok\\s+done')).toBe(true);
    expect(watch.has('done\\n$')).toBe(true);
  });

  it('does not say that a pattern is not there whose match may have been longer than what is kept', () => {
    const much = `${'y'.repeat(99)}\n`.repeat(700);
    expect(watched(['ok\n', much, 'done\n']).has('(?s)ok.*done')).toBeNull();
    expect(watched(['ok\n', much, 'done\n']).has('ok[^b]*done')).toBeNull();
    expect(watched(['ok\n', 'done\n', much]).has('(?s)ok.*done')).toBe(true);
    expect(watched(['ok\n', 'y\n']).has('(?s)ok.*done')).toBe(false);
  });

  it('does not say what a line holds that is too long to be looked at, and looks at those around it', () => {
    const watch = watched(['ok\n', ...Array.from({ length: 20 }, () => 'z'.repeat(100_000)), 'xxx\nb\n']);
    expect(watch.has('^ok$')).toBe(true);
    expect(watch.has('b')).toBe(true);
    expect(watch.has('x{3}')).toBeNull();
    expect(watch.has('^Error')).toBeNull();
  });
});
