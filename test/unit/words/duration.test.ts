import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationText, elapsedText, leastDuration, parseDuration, parseTimeframe } from '#shared/words/duration.ts';

describe('a duration in a hint', () => {
  it.each([
    ['90s', 90_000],
    ['1h30m', 5_400_000],
    ['500ms', 500],
    ['1.5m', 90_000],
    ['90d', 7_776_000_000],
    ['90', null],
    ['m', null],
    ['', null],
    ['-5m', null],
    ['1,5m', null],
    ['5 m', null],
    ['5min', null],
    ['2w', null],
    ['5M', null],
    ['10-15m', null],
  ])('%s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it('is the sum of its parts, in any order', () => {
    const unit = fc.constantFrom(['ms', 1], ['s', 1_000], ['m', 60_000], ['h', 3_600_000], ['d', 86_400_000]);
    const part = fc.tuple(fc.nat(10_000), unit as fc.Arbitrary<[string, number]>);
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const text = parts.map(([count, [name]]) => `${count}${name}`).join('');
        expect(parseDuration(text)).toBe(parts.reduce((sum, [count, [, ms]]) => sum + count * ms, 0));
      }),
    );
  });
});

describe('a timeframe', () => {
  it.each([
    ['<5 min', 300_000],
    ['<1 hour', 3_600_000],
    ['within 15 minutes', 900_000],
    ['30 s', 30_000],
    ['1 h 30 min', 5_400_000],
    ['1h30m', 5_400_000],
    ['10-15 min', 900_000],
    ['10 – 15 minutes', 900_000],
    ['1 to 2 days', 172_800_000],
    ['1,5 hours', 5_400_000],
    ['2 wks', 1_209_600_000],
    ['5 min - 10 min', 600_000],
    ['1/2 hour', 1_800_000],
    ['half an hour', 1_800_000],
    ['a half hour', 1_800_000],
    ['a quarter of an hour', 900_000],
    ['within a quarter hour', 900_000],
    ['three quarters of an hour', 2_700_000],
    ['within an hour', 3_600_000],
    ['within 1 hour (60 minutes)', 3_600_000],
    ['1:30 h', 5_400_000],
    ['1,000 seconds', 1_000_000],
    ['1 hour and 30 minutes', 5_400_000],
    ['30-minute target', 1_800_000],
  ])('%s', (text, ms) => {
    expect(parseTimeframe(text)).toEqual({ ms });
  });

  it.each([
    ['Next release', true],
    ['-', true],
    ['', true],
    ['Immediately', false],
    ['5', false],
    ['5 apples', false],
    ['5-10-15 min', false],
    ['< 5 min (target 3 min)', false],
    ['5 min, 15 min at most', false],
    ['1 hour after detection, 4 hours overall', false],
    ['30m/1h', false],
    ['5-10 min (P95 7 min)', false],
    ['5 to ten', false],
    ['an hour and a half', false],
    ['1½ hours', false],
    ['1.000 seconds', false],
  ])('without a clock: %s', (text, meant) => {
    expect(parseTimeframe(text)).toEqual({ ms: null, meant });
  });

  it('reads every duration that a hint may have', () => {
    const unit = fc.constantFrom('ms', 's', 'm', 'h', 'd');
    const parts = fc.array(fc.tuple(fc.integer({ min: 1, max: 999 }), unit), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(parts, (all) => {
        const text = all.map(([count, name]) => `${count}${name}`).join('');
        expect(parseTimeframe(text)).toEqual({ ms: parseDuration(text) });
      }),
    );
  });

  it('takes any text, and never a negative or fractional time', () => {
    const text = fc.array(fc.constantFrom('1', '15', '0.5', '2,5', ' ', '-', '–', 'to', 'min', 'h', 'days', 'x', '<'));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          text.map((words) => words.join('')),
        ),
        (any) => {
          const { ms } = parseTimeframe(any);
          expect(ms === null || (Number.isInteger(ms) && ms > 0)).toBe(true);
        },
      ),
    );
  });
});

describe('the least duration of a text', () => {
  it.each([
    ['10-30 minutes', 600_000],
    ['5 minutes to switch on', 300_000],
    ['1 to 2 hours', 3_600_000],
    ['1,5 h', 5_400_000],
    ['3 steps, 10 minutes', 600_000],
    ['quick', null],
    ['', null],
  ])('%s', (text, ms) => {
    expect(leastDuration(text)).toBe(ms);
  });
});

describe('a printed duration', () => {
  it.each([
    [0, '0.0 s'],
    [400, '0.4 s'],
    [999, '1.0 s'],
    [1_000, '1 s'],
    [252_900, '4 min 12 s'],
    [240_000, '4 min'],
    [7_200_000, '2 h'],
    [7_205_000, '2 h'],
    [90_061_000, '1 d 1 h'],
    [-61_000, '-1 min 1 s'],
  ])('%d ms is %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });

  it('is read back, short of what it leaves out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 400 * 86_400_000 }), (ms) => {
        const { ms: read } = parseTimeframe(durationText(ms));
        const leftOut = ms < 3_600_000 ? 1_000 : ms < 86_400_000 ? 60_000 : 3_600_000;
        expect(ms - (read ?? 0)).toBeGreaterThanOrEqual(0);
        expect(ms - (read ?? 0)).toBeLessThan(leftOut);
      }),
    );
  });

  it.each([
    [0, '+00:00:00'],
    [252_999, '+00:04:12'],
    [-60_000, '-00:01:00'],
    [360_005_000, '+100:00:05'],
  ])('%d ms after the detection is %s', (ms, text) => {
    expect(elapsedText(ms)).toBe(text);
  });
});
