import fc from 'fast-check';
import { List } from 'immutable';
import { describe, expect, it } from 'vitest';
import type { IncidentEvent } from '#shared/incident/event.ts';
import { applyEvent, reduce } from '#shared/incident/reduce.ts';
import { activeRun, type IncidentState, stepState } from '#shared/incident/state.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';
import {
  byHandIncident,
  DEPLOY_SHOWN,
  proof,
  releasesRead,
  unhealthyDrill,
  verifiedDrill,
} from '../../fixtures/incident-stories.ts';
import { DEPLOY_COMMAND, STEPS } from '../../fixtures/runbook-model.ts';

function stateOf(events: readonly IncidentEvent[]): IncidentState {
  const state = reduce(events);
  if (state === null) throw new Error('no declaration');
  return state;
}

const change = {
  runId: 'c',
  stepId: STEPS.deploy,
  commandId: DEPLOY_COMMAND,
  effect: 'change',
  shown: DEPLOY_SHOWN,
} as const;

/** One thing that can happen around the moment of "effective". */
const ACTS = {
  proven: (story: IncidentEvents) => story.add('proof.evaluated', proof(true)),
  disproven: (story: IncidentEvents) => story.add('proof.evaluated', proof(false)),
  gone: (story: IncidentEvents) => story.add('symptom.gone', { observed: 'ok' }),
  change: (story: IncidentEvents) => story.run(change),
  byHand: (story: IncidentEvents) =>
    story.add('run.by-hand', { ...change, runId: `hand-${story.events.length}`, exitCode: 0, excerpt: '' }),
  regression: (story: IncidentEvents) => story.add('regression.found', { stepId: STEPS.watch, detail: '503' }),
  note: (story: IncidentEvents) => story.add('note.added', { text: 'x', starred: false }),
} as const;

const acts = fc.array(fc.constantFrom(...(Object.keys(ACTS) as (keyof typeof ACTS)[])), { maxLength: 15 });

describe('a change that was never started', () => {
  const notStarted = { shown: DEPLOY_SHOWN, why: 'The disk takes no named pipes.' };
  const ended = {
    runId: 'c',
    exit: { kind: 'lost' },
    durationMs: 0,
    output: null,
    excerpt: '',
    explanation: null,
  } as const;
  const { runId: _id, ...asked } = change;
  const intended = { ...asked, template: '', binary: '/bin/fly', toolVersion: '', cwd: '/', usualMs: null };

  it('leaves everything as it was', () => {
    const story = verifiedDrill();
    const before = stateOf(story.events);
    story.add('run.intended', { ...intended, runId: 'c' });
    expect(stateOf(story.events).effectiveAt).toBeNull();
    story.add('run.ended', { ...ended, notStarted });
    const { seq: _seq, ...after } = stateOf(story.events);
    expect(after).toMatchObject({ startedAt: before.startedAt, effectiveAt: before.effectiveAt, running: [] });
    expect(after.runs.has('c')).toBe(false);
    expect(stepState(stateOf(story.events), STEPS.deploy).runs).toEqual(stepState(before, STEPS.deploy).runs);
  });

  it('does not undo another change that began after it', () => {
    const story = verifiedDrill();
    story.add('run.intended', { ...intended, runId: 'c' });
    story.add('run.intended', { ...intended, runId: 'd' });
    story.add('run.ended', { ...ended, notStarted });
    expect(stateOf(story.events)).toMatchObject({ effectiveAt: null, running: ['d'] });
  });
});

describe('reduce', () => {
  it('is null without a declaration', () => {
    expect(reduce([])).toBeNull();
    expect(reduce(verifiedDrill().events.slice(1))).toBeNull();
  });

  it.each([verifiedDrill, unhealthyDrill, byHandIncident])(
    'gives the same state again, and event by event',
    (story) => {
      const { events } = story();
      const whole = stateOf(events);
      expect(reduce(story().events)).toEqual(whole);
      fc.assert(
        fc.property(fc.integer({ min: 1, max: events.length }), (cut) => {
          const resumed = events.slice(cut).reduce(applyEvent, stateOf(events.slice(0, cut)));
          expect(resumed).toEqual(whole);
        }),
        { numRuns: 20 },
      );
    },
  );

  it('does not modify the state it is given', () => {
    const { events } = verifiedDrill();
    const before = stateOf(events.slice(0, 1));
    const copy = structuredClone(before);
    events.slice(1).reduce(applyEvent, before);
    expect(before).toEqual(copy);
  });

  it('is effective exactly while the proof is met and the symptom gone, from the moment both are', () => {
    fc.assert(
      fc.property(acts, (order) => {
        const story = order.reduce((so, act) => ACTS[act](so), new IncidentEvents());
        const { events } = story;
        const states = events.map((_, index) => stateOf(events.slice(0, index + 1)));
        const holds = states.map(({ proofMetAt, symptomGone }) => proofMetAt !== null && symptomGone !== null);
        // Since both hold without a break; confirming once more does not make it later.
        const since = holds.lastIndexOf(false) + 1;
        expect(states.at(-1)?.effectiveAt ?? null).toBe(events[since]?.at ?? null);
      }),
      { numRuns: 200 },
    );
  });

  it.each(['change', 'byHand', 'regression'] as const)('a %s invalidates the proof', (act) => {
    const state = stateOf(
      ACTS[act](new IncidentEvents().add('proof.evaluated', proof(true)).add('symptom.gone', { observed: 'ok' }))
        .events,
    );
    expect(state).toMatchObject({ proofMetAt: null, symptomGone: null, effectiveAt: null });
  });

  it('stops being effective when the post-condition fails later, and is again when it is met again', () => {
    const story = new IncidentEvents().add('proof.evaluated', proof(true)).add('symptom.gone', { observed: 'ok' });
    expect(stateOf(story.add('proof.evaluated', proof(false)).events)).toMatchObject({
      proofMetAt: null,
      effectiveAt: null,
    });
    const again = stateOf(story.add('proof.evaluated', proof(true)).events);
    expect(again.effectiveAt).toBe(story.events.at(-1)?.at);
  });

  it('a read-only run leaves the proof alone', () => {
    const story = new IncidentEvents().add('proof.evaluated', proof(true)).run({ ...change, effect: 'read' });
    expect(stateOf(story.events).proofMetAt).not.toBeNull();
  });

  it('keeps the first start, whatever is run later', () => {
    const story = new IncidentEvents().run(change);
    const first = stateOf(story.events).startedAt;
    expect(stateOf(story.run({ ...change, runId: 'c2' }).events).startedAt).toBe(first);
  });

  it('skips purged events and applies the rest', () => {
    const { events } = verifiedDrill();
    const kept = events.filter((event) => event.kind !== 'report.edited' && event.kind !== 'watch.reading');
    expect(stateOf(kept)).toMatchObject({
      seq: events.at(-1)?.seq,
      effectiveAt: stateOf(events).effectiveAt,
      reportFields: {},
    });
  });

  it('knows the run that has not ended', () => {
    const { events } = new IncidentEvents().run(change);
    const at = (kinds: number): IncidentState => stateOf(events.slice(0, kinds));
    expect([1, 2, 3, 4].map((n) => activeRun(at(n), 'change')?.runId ?? null)).toEqual([null, 'c', 'c', null]);
  });

  it('forgets a stale list of releases when the choice is opened again', () => {
    const story = new IncidentEvents().add('releases.read', releasesRead());
    const reopened = stateOf(story.add('step.reopened', { stepId: STEPS.choose, reason: 'x' }).events);
    expect(reopened).toMatchObject({ releases: null, choice: null });
    expect(stepState(reopened, STEPS.choose)).toMatchObject({ outcome: null, runs: List() });
  });

  it('settles what was deferred', () => {
    const story = byHandIncident();
    expect(stateOf(story.events).deferred.map(({ settled }) => settled)).toEqual([null]);
    story.add('deferred.settled', { what: STEPS.notify, how: 'waived', reason: 'told by phone' });
    expect(stateOf(story.events).deferred.map(({ settled }) => settled?.how)).toEqual(['waived']);
  });
});
