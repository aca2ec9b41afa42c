import { List } from 'immutable';
import { describe, expect, it } from 'vitest';
import { alertBetween } from '../../../renderer/features/watch/alerts.ts';
import { roundUp, scalesOf, slowAbove, timeTicks } from '../../../renderer/features/watch/latency-plot.ts';
import { titleOf } from '../../../renderer/features/wizard/WindowTitle.tsx';
import { withLive } from '../../../renderer/stores/live-probes.ts';

const sample = (at: number, ms = 80, ok = true) => ({ at, ms, ok, detail: '' });
const MINUTE = 60_000;

describe('probes as they are made', () => {
  it('follow the recorded ones, and none of them counts twice', () => {
    const recorded = List([1, 2, 3].map((at) => sample(at)));
    const live = List([2, 3, 4, 5].map((at) => sample(at)));
    expect(
      withLive(recorded, live)
        .map(({ at }) => at)
        .toArray(),
    ).toEqual([1, 2, 3, 4, 5]);
    expect(withLive(List(), live).size).toBe(4);
  });
});

describe('the latency plot', () => {
  it('rounds its height up to 1, 2 or 5', () => {
    expect([1, 3, 12, 88, 120, 501].map(roundUp)).toEqual([1, 5, 20, 100, 200, 1_000]);
  });

  it('has whole steps on its time axis, and not too many', () => {
    const ticks = timeTicks(0, 30 * MINUTE);
    expect(ticks.map((at) => at / MINUTE)).toEqual([0, 5, 10, 15, 20, 25, 30]);
    expect(timeTicks(0, 120 * MINUTE).length).toBeLessThanOrEqual(8);
  });

  it('keeps threshold and every answer inside', () => {
    const points = [sample(0), sample(MINUTE, 900), sample(2 * MINUTE, 10_000, false)];
    const { x, y, most } = scalesOf(
      points,
      { from: 0, until: 30 * MINUTE, threshold: 500 },
      { width: 600, height: 128 },
    );
    expect(most).toBe(1_000);
    expect(y(0)).toBeGreaterThan(y(500));
    expect(y(10_000)).toBe(y(most));
    expect(x(-5)).toBe(x(0));
    expect(x(30 * MINUTE)).toBe(588);
  });

  it('calls an answer slow above three times the usual, at least 500 ms', () => {
    expect(slowAbove([])).toBe(500);
    expect(slowAbove([sample(0, 90), sample(1, 80)])).toBe(500);
    expect(slowAbove([sample(0, 400), sample(1, 420), sample(2, 9_000, false)])).toBe(2_000);
  });
});

describe('the sound of the watch', () => {
  const quiet = { asking: null, regressed: false };
  it('comes once for a checkpoint and once for a regression', () => {
    expect(alertBetween(quiet, { ...quiet, asking: 15 })).toBe('checkpoint');
    expect(alertBetween({ ...quiet, asking: 15 }, { ...quiet, asking: 15 })).toBeNull();
    expect(alertBetween({ ...quiet, asking: 15 }, { ...quiet, asking: 30 })).toBe('checkpoint');
    expect(alertBetween({ ...quiet, asking: 15 }, quiet)).toBeNull();
    expect(alertBetween({ ...quiet, asking: 15 }, { asking: null, regressed: true })).toBe('regression');
    expect(alertBetween({ asking: null, regressed: true }, { asking: null, regressed: true })).toBeNull();
  });
});

describe('the title of the window', () => {
  const state = { watch: null, resolvedAt: null };
  const running = { elapsedMs: 60_000, remainingMs: 192_000, endedAt: null };
  const none = { startedAt: null, endedAt: null, remainingMs: null };
  it('has the clock that counts', () => {
    expect(titleOf(state, running, none)).toBe('3:12 left');
    expect(titleOf(state, { ...running, remainingMs: -7_000 }, none)).toBe('OVER 0:07');
    expect(titleOf(state, { ...running, remainingMs: null }, none)).toBe('1:00');
    expect(titleOf(state, { ...running, endedAt: 1 }, none)).toBe('Rollback effective');
    expect(titleOf(state, { ...running, endedAt: 1 }, { startedAt: 1, endedAt: null, remainingMs: 842_000 })).toBe(
      'Watching 14:02',
    );
    expect(titleOf({ ...state, resolvedAt: 5 }, running, none)).toBe('');
  });
});
