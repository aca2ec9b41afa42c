import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mitigationClock, stabilityClock } from '#shared/incident/clocks.ts';
import type { IncidentEvent } from '#shared/incident/event.ts';
import { reduce } from '#shared/incident/reduce.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { DECLARED, DETECTED_AT, IncidentEvents } from '../../fixtures/incident-events.ts';
import { proof, unhealthyDrill, verifiedDrill } from '../../fixtures/incident-stories.ts';
import { STEPS } from '../../fixtures/runbook-model.ts';

const stateOf = (events: readonly IncidentEvent[]): IncidentState => reduce(events) as IncidentState;
const TARGET_MS = 300_000;
const open = stateOf(new IncidentEvents().events);
const now = fc.integer({ min: -10_000, max: 4 * TARGET_MS }).map((ms) => DETECTED_AT + ms);

describe('mitigation clock', () => {
  it('never runs backwards, and starts at zero', () => {
    fc.assert(
      fc.property(now, now, (a, b) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        const first = mitigationClock(open, early);
        const second = mitigationClock(open, late);
        expect(first.elapsedMs).toBeGreaterThanOrEqual(0);
        expect(second.elapsedMs).toBeGreaterThanOrEqual(first.elapsedMs);
        expect(first.remainingMs).toBe(TARGET_MS - first.elapsedMs);
      }),
    );
  });

  it('does not say whether the target is met while it runs, however late it is', () => {
    fc.assert(
      fc.property(now, (at) => {
        expect(mitigationClock(open, at).met).toBeNull();
      }),
    );
  });

  it.each([
    [0, 'within'],
    [0.5 * TARGET_MS - 1, 'within'],
    [0.5 * TARGET_MS, 'half'],
    [0.8 * TARGET_MS - 1, 'half'],
    [0.8 * TARGET_MS, 'near'],
    [TARGET_MS, 'near'],
    [TARGET_MS + 1, 'over'],
  ])('after %d ms it stands at %s', (ms, standing) => {
    expect(mitigationClock(open, DETECTED_AT + ms).standing).toBe(standing);
  });

  it('stops once effective, and is met within the target', () => {
    const state = stateOf(verifiedDrill().events);
    const clock = mitigationClock(state, state.effectiveAt ?? 0);
    expect(clock).toMatchObject({ met: true, endedAt: state.effectiveAt });
    fc.assert(
      fc.property(now, (at) => {
        expect(mitigationClock(state, at)).toEqual(clock);
      }),
    );
  });

  it.each([
    [TARGET_MS, true],
    [TARGET_MS + 1, false],
  ])('effective after %d ms: met is %s', (ms, met) => {
    const story = new IncidentEvents()
      .add('proof.evaluated', proof(true))
      .add('symptom.gone', { observed: 'ok' }, { after: 0 });
    const shift = ms - ((story.events.at(-1)?.at ?? 0) - DETECTED_AT);
    const events = story.events.map((event) => (event.seq === 3 ? { ...event, at: event.at + shift } : event));
    expect(mitigationClock(stateOf(events), 0)).toMatchObject({ elapsedMs: ms, met });
  });

  it('misses the target when the incident is resolved without being effective', () => {
    const state = stateOf(unhealthyDrill().events);
    expect(mitigationClock(state, DETECTED_AT)).toMatchObject({ met: false, endedAt: null });
  });

  it('has no target without a row, or for a row without a timeframe', () => {
    const row = DECLARED.row === null ? null : { ...DECLARED.row, targetMs: null, targetText: 'Next release' };
    for (const [given, text] of [
      [row, 'Next release'],
      [null, 'no target'],
    ] as const) {
      const clock = mitigationClock(stateOf(new IncidentEvents({ row: given }).events), DETECTED_AT + TARGET_MS * 9);
      expect(clock).toMatchObject({ standing: 'no-target', met: null, remainingMs: null, targetText: text });
    }
  });

  it('does not count a set clock as elapsed, but counts sleep', () => {
    const plain = mitigationClock(open, DETECTED_AT + 100_000).elapsedMs;
    const set = stateOf(new IncidentEvents().add('clock.jumped', { byMs: 60_000, cause: 'set' }).events);
    const slept = stateOf(new IncidentEvents().add('clock.jumped', { byMs: 60_000, cause: 'sleep' }).events);
    expect(mitigationClock(set, DETECTED_AT + 100_000).elapsedMs).toBe(plain - 60_000);
    expect(mitigationClock(slept, DETECTED_AT + 100_000).elapsedMs).toBe(plain);
  });
});

describe('stability clock', () => {
  it('has not started without a watch', () => {
    expect(stabilityClock(open, DETECTED_AT)).toMatchObject({ startedAt: null, elapsedMs: 0, completed: false });
  });

  it('counts down to zero and is completed only by the end of the watch', () => {
    const story = new IncidentEvents().add('watch.started', { stepId: STEPS.watch, minutes: 30 });
    const started = story.events.at(-1)?.at ?? 0;
    expect(stabilityClock(stateOf(story.events), started + 600_000)).toMatchObject({
      remainingMs: 1_200_000,
      completed: false,
    });
    expect(stabilityClock(stateOf(story.events), started + 9_000_000)).toMatchObject({
      remainingMs: 0,
      completed: false,
    });
    story.add('watch.ended', { stepId: STEPS.watch, completed: false, reason: 'enough' }, { after: 60_000 });
    expect(stabilityClock(stateOf(story.events), started + 9_000_000)).toMatchObject({
      elapsedMs: 60_000,
      completed: false,
    });
  });
});
