import { OrderedMap } from 'immutable';
import { describe, expect, it } from 'vitest';
import type { IncidentState, RunState } from '#shared/incident/state.ts';
import { KILL_AFTER_MS, stopNext, stopStanding } from '#shared/incident/running-command.ts';

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

describe('a stop that is asked for before anything runs', () => {
  const asked = { stepId: 's', what: 'change', at: 1_000 } as const;
  const run = (more: Partial<RunState>): RunState =>
    ({
      runId: 'r',
      effect: 'read',
      intendedAt: 1_100,
      startedAt: null,
      endedAt: null,
      stopAsked: null,
      ...more,
    }) as RunState;
  const next = (given: readonly RunState[], under: IncidentState['asked'] = asked, sending = false) => {
    const runs = OrderedMap(given.map((each, index) => [`${index}`, each]));
    const running = [...runs.filter(({ endedAt }) => endedAt === null).keys()];
    return stopNext({ asked: under, runs, running }, sending);
  };

  it('waits until a process has started, and is for that one', () => {
    expect(next([], null, true)).toBe('wait');
    expect(next([])).toBe('wait');
    expect(next([run({ endedAt: 1_200 })])).toBe('wait');
    expect(next([run({})])).toBe('wait');
    expect(next([run({ startedAt: 1_150 })])).toEqual({ runId: 'r' });
    expect(next([run({ endedAt: 1_200 }), run({ runId: 'c', effect: 'change', startedAt: 1_300 })])).toEqual({
      runId: 'c',
    });
  });

  it('is dropped when the action or the change has ended, or a stop was asked for already', () => {
    expect(next([], null)).toBe('over');
    expect(next([run({ effect: 'change', endedAt: 1_200 }), run({ startedAt: 1_300 })])).toBe('over');
    expect(next([run({ startedAt: 1_150, stopAsked: { how: 'interrupt', at: 1_160 } })])).toBe('over');
  });

  it('does not take an earlier change for the current one', () => {
    expect(next([run({ effect: 'change', intendedAt: 500, endedAt: 600 })])).toBe('wait');
  });
});
