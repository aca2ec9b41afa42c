import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ago, duration, remaining } from '../../../renderer/ui/time.ts';

describe('durations on the clock', () => {
  it.each([
    [0, '0:00'],
    [7_999, '0:07'],
    [192_000, '3:12'],
    [3_725_000, '1:02:05'],
    [-1, '0:00'],
  ])('%d ms is %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it.each([
    [192_000, '3:12 left'],
    [191_001, '3:12 left'],
    [0, '0:00 left'],
    [-72_000, 'OVER 1:12'],
  ])('%d ms remaining is %s', (ms, text) => {
    expect(remaining(ms)).toBe(text);
  });

  it('always adds up: elapsed and left make the target, to the second', () => {
    const seconds = (text: string): number =>
      text
        .replace(' left', '')
        .split(':')
        .reduce((sum, part) => sum * 60 + Number(part), 0);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7_200_000 }), (elapsed) => {
        const target = 7_200_000;
        expect(seconds(duration(elapsed)) + seconds(remaining(target - elapsed))).toBe(target / 1_000);
      }),
    );
  });

  it.each([
    [-5, '0 s ago'],
    [89_999, '89 s ago'],
    [90_000, '1 min ago'],
    [7_200_000, '2 h ago'],
  ])('%d ms is %s', (ms, text) => {
    expect(ago(ms)).toBe(text);
  });
});
