import { describe, expect, it } from 'vitest';
import { durationText, elapsedText } from '#shared/incident/duration.ts';

describe('durations', () => {
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

  it.each([
    [0, '+00:00:00'],
    [252_999, '+00:04:12'],
    [-60_000, '-00:01:00'],
    [360_005_000, '+100:00:05'],
  ])('%d ms after the detection is %s', (ms, text) => {
    expect(elapsedText(ms)).toBe(text);
  });
});
