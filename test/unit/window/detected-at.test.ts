import { describe, expect, it } from 'vitest';
import { detectedMoment } from '../../../renderer/features/declare/detected-at.ts';

const NOW = new Date(2026, 10, 23, 3, 12, 40).getTime();
const at = (text: string): number | null => detectedMoment({ kind: 'time', text }, NOW);

describe('detectedMoment', () => {
  it('counts minutes back from now', () => {
    expect(detectedMoment({ kind: 'ago', minutes: 0 }, NOW)).toBe(NOW);
    expect(detectedMoment({ kind: 'ago', minutes: 15 }, NOW)).toBe(NOW - 900_000);
  });

  it('takes a time of day of today, with or without a colon', () => {
    const expected = new Date(2026, 10, 23, 3, 5).getTime();
    expect(at('03:05')).toBe(expected);
    expect(at(' 0305 ')).toBe(expected);
    expect(at('3:05')).toBe(expected);
  });

  it('takes a time that has not come yet today as yesterday: nothing is detected in the future', () => {
    expect(at('23:50')).toBe(new Date(2026, 10, 22, 23, 50).getTime());
  });

  it.each(['', '24:00', '12:60', 'soon', '1', '12:3'])('refuses %j', (text) => {
    expect(at(text)).toBeNull();
  });
});
