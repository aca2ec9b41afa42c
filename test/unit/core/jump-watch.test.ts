import { describe, expect, it } from 'vitest';
import { jumpWatch } from '#core/event-log/jump-watch.ts';

/** Three clocks that a test moves apart. */
function clocks() {
  const at = { wall: 1_000_000, mono: 50_000, boot: 60_000 };
  const clock = { now: () => at.wall, monotonic: () => at.mono, sleep: () => Promise.resolve() };
  return { at, look: jumpWatch({ clock, sinceBoot: () => at.boot }) };
}

describe('a jump of time', () => {
  it('is none while the clocks go together, and none for a small correction', () => {
    const { at, look } = clocks();
    Object.assign(at, { wall: at.wall + 1_000, mono: at.mono + 1_000, boot: at.boot + 1_000 });
    expect(look()).toBeNull();
    Object.assign(at, { wall: at.wall + 2_900, mono: at.mono + 1_000, boot: at.boot + 1_000 });
    expect(look()).toBeNull();
  });

  it('is sleep when the time since boot went on with the wall', () => {
    const { at, look } = clocks();
    Object.assign(at, { wall: at.wall + 61_000, mono: at.mono + 1_000, boot: at.boot + 61_000 });
    expect(look()).toEqual({ kind: 'clock.jumped', payload: { byMs: 60_000, cause: 'sleep' } });
  });

  it('is a set clock when only the wall moved, forward or back', () => {
    const { at, look } = clocks();
    Object.assign(at, { wall: at.wall + 3_601_000, mono: at.mono + 1_000, boot: at.boot + 1_000 });
    expect(look()).toEqual({ kind: 'clock.jumped', payload: { byMs: 3_600_000, cause: 'set' } });
    Object.assign(at, { wall: at.wall - 3_599_000, mono: at.mono + 1_000, boot: at.boot + 1_000 });
    expect(look()).toEqual({ kind: 'clock.jumped', payload: { byMs: -3_600_000, cause: 'set' } });
  });
});
