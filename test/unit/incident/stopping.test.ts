import { describe, expect, it } from 'vitest';
import { KILL_AFTER_MS, stopStanding } from '#shared/incident/stopping.ts';

describe('stopping a command', () => {
  it.each([
    [null, 0, 'may-interrupt'],
    [{ how: 'interrupt', at: 1_000 } as const, 1_000 + KILL_AFTER_MS - 1, 'waiting'],
    [{ how: 'interrupt', at: 1_000 } as const, 1_000 + KILL_AFTER_MS, 'may-kill'],
    [{ how: 'kill', at: 1_000 } as const, 1_000 + 2 * KILL_AFTER_MS, 'killed'],
  ])('%o at %i: %s', (stopAsked, now, kind) => {
    expect(stopStanding({ stopAsked }, now).kind).toBe(kind);
  });

  it('says how long the command still has', () => {
    expect(stopStanding({ stopAsked: { how: 'interrupt', at: 0 } }, 20_000)).toEqual({
      kind: 'waiting',
      sinceMs: 20_000,
      leftMs: KILL_AFTER_MS - 20_000,
    });
  });
});
