import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mitigationClock, stabilityClock } from '#shared/incident/clocks.ts';
import type { IncidentEvent } from '#shared/incident/event.ts';
import { stopsFirst } from '#shared/incident/matrix-row.ts';
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

describe('contained', () => {
  const row = {
    condition: 'Data lost or corrupted',
    action: 'Stop the writes immediately, then roll back',
    targetText: '<5 min',
    targetMs: TARGET_MS,
    line: 1,
  };
  const page = (met: boolean) => ({ stepId: 's/on', mode: 'on' as const, offStepId: 's/off', met, detail: '' });
  const stopped = (met: boolean) => ({
    stepId: 's/stop',
    service: 'shop',
    what: 'stop' as const,
    startStepId: null,
    met,
    machines: [],
    findings: [],
  });
  const ended = (stepId: string, outcome: 'confirmed' | 'skipped') => ({
    stepId,
    outcome,
    reason: '',
    observed: null,
    dueAt: null,
  });
  const story = () => new IncidentEvents({ row });
  /** 20 s pass until the declaration: contained at 1:53. */
  const AT_113_S = { after: 93_000 };

  it('ends the target of a row whose action stops the harm first, and not the mitigation', () => {
    const events = story()
      .add('maintenance.checked', page(true), AT_113_S)
      .add('proof.evaluated', proof(true), { after: 400_000 })
      .add('symptom.gone', { observed: 'ok' }, { after: 58_000 }).events;
    const soFar = mitigationClock(stateOf(events.slice(0, 2)), DETECTED_AT + 900_000);
    expect(soFar).toMatchObject({
      met: true,
      endedAt: null,
      elapsedMs: 900_000,
      remainingMs: 187_000,
      standing: 'within',
    });
    expect(soFar.contained).toMatchObject({ by: 'maintenance', elapsedMs: 113_000 });
    const clock = mitigationClock(stateOf(events), DETECTED_AT + 900_000);
    expect(clock).toMatchObject({ met: true, countsTo: 'contained', targetElapsedMs: 113_000, elapsedMs: 571_000 });
  });

  it('is told for other rows too, whose target counts to effective', () => {
    const events = new IncidentEvents({ row: { ...row, action: 'Roll back immediately' } })
      .add('maintenance.checked', page(true), AT_113_S)
      .add('proof.evaluated', proof(true), { after: 400_000 })
      .add('symptom.gone', { observed: 'ok' }).events;
    const clock = mitigationClock(stateOf(events), 0);
    expect(clock).toMatchObject({ met: false, countsTo: 'effective', contained: { elapsedMs: 113_000 } });
  });

  it('too late misses the target at once; effective without it ends the target as well', () => {
    const late = story().add('machines.checked', stopped(true), { after: 400_000 });
    expect(mitigationClock(stateOf(late.events), 0)).toMatchObject({ met: false, contained: { by: 'machines' } });
    const direct = story().add('proof.evaluated', proof(true)).add('symptom.gone', { observed: 'ok' });
    expect(mitigationClock(stateOf(direct.events), 0)).toMatchObject({ met: true, contained: null });
  });

  it('is proven by a page that was seen, by stopped machines, or by a step that stops the writes', () => {
    const by = (events: IncidentEvents) => stateOf(events.events).contained?.by ?? null;
    expect(by(story().add('maintenance.checked', page(false)))).toBeNull();
    expect(by(story().add('machines.checked', stopped(false)))).toBeNull();
    expect(by(story().add('machines.checked', stopped(true)))).toBe('machines');
    expect(by(story().add('step.ended', ended('database-rollback/stop-the-writes', 'confirmed')))).toBe('writes');
    expect(by(story().add('step.ended', ended('database-rollback/stop-the-writes', 'skipped')))).toBeNull();
    expect(by(story().add('step.ended', ended('database-rollback/rewrites', 'confirmed')))).toBeNull();
  });

  it('is taken back when the same proof fails, and by a regression once users are back', () => {
    const contained = () => story().add('maintenance.checked', page(true));
    expect(stateOf(contained().add('maintenance.checked', page(false)).events).contained).toBeNull();
    const regression = { stepId: 's/watch', detail: '503' };
    expect(stateOf(contained().add('regression.found', regression).events).contained).not.toBeNull();
    const back = contained()
      .add('maintenance.checked', { ...page(true), stepId: 's/off', mode: 'off' })
      .add('regression.found', regression);
    expect(stateOf(back.events).contained).toBeNull();
  });

  it.each([
    ['Stop the writes immediately, then roll back', true],
    ['**Stop the machines**, keep the evidence', true],
    ['Maintenance mode, then restore', true],
    ['Shut it down', true],
    ['Roll back immediately', false],
    ['Roll back, or stop all machines', false],
    ['Stop and think, then roll back', false],
    ['Assess, then most likely roll back', false],
  ])('"%s" stops the harm first: %s', (action, first) => {
    expect(stopsFirst({ action })).toBe(first);
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
