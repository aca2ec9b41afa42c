/** An event costs the same at the start of an incident and after ten thousand others. Counted, not timed. */
import { describe, expect, it } from 'vitest';
import type { EventKind, IncidentEvent, PayloadOf } from '#shared/incident/event.ts';
import { applyEvent, reduce } from '#shared/incident/reduce.ts';
import { isStale } from '#shared/incident/staleness.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';
import { membersMade } from '../../fixtures/objects-made.ts';

const SHORT = 100;
const LONG = 10_000;
/** The trees that are shared between states get a level deeper; a hundred times as long is not a hundred times as much. */
const AT_MOST = 2;

const sample = { at: 1, ok: true, ms: 12, detail: 'HTTP 200 after 12 ms' };
const reading = { stepId: 'watch', healthy: true, detail: 'HTTP 200', ms: 12, probes: 3, bad: 0 };

/** What is repeated, by the number of the repeat. */
const REPEATED: Readonly<Record<string, (events: IncidentEvents, n: number) => void>> = {
  'a command from intent to result': (events, n) =>
    void events.run({ runId: `run-${n}`, stepId: 'step', commandId: 'c', effect: 'read', shown: 'fly status' }),
  'a command that fails and is run by hand': (events, n) =>
    void events.add('run.by-hand', {
      runId: `run-${n}`,
      stepId: `step-${n % 7}`,
      commandId: 'c',
      effect: 'change',
      shown: 'fly deploy',
      exitCode: 1,
      excerpt: '',
    }),
  'a note': (events, n) => void events.add('note.added', { text: `note ${n}`, starred: true }),
  'an entry that is starred': (events, n) => void events.add('entry.starred', { seq: n, starred: true }),
  'a probe of the symptom': (events) =>
    void events.add('probe.sampled', { purpose: 'symptom', target: 'https://a.example', samples: [sample, sample] }),
  'a probe of the watch': (events) =>
    void events.add('probe.sampled', { purpose: 'watch', target: 'agent', samples: [sample] }),
  'a reading of the watch': (events) => void events.add('watch.reading', reading),
  'a tick that is taken back': (events, n) =>
    void events.add('check.ticked', { stepId: 's', checkId: 'c', ticked: n % 2 === 0, observed: '' }),
  'a set clock': (events) => void events.add('clock.jumped', { byMs: 5_000, cause: 'set' }),
  'a message': (events) => void events.add('message.copied', { messageId: 'm' } as PayloadOf<'message.copied'>),
};

/** Members made by the last event of so many repeats, and the state before it. */
function lastOf(repeat: (events: IncidentEvents, n: number) => void, times: number): number {
  const story = new IncidentEvents();
  story.add('watch.started', { stepId: 'watch', minutes: 30 });
  for (let n = 0; n < times; n += 1) repeat(story, n);
  const before = story.events.length;
  repeat(story, times);
  const state = reduce(story.events.slice(0, before));
  const after = story.events.slice(before).reduce<IncidentState | null>((s, e) => s && applyEvent(s, e), state);
  return membersMade(state, after);
}

describe('one more event', () => {
  it.each(Object.entries(REPEATED))('%s', (_what, repeat) => {
    expect(lastOf(repeat, LONG)).toBeLessThanOrEqual(AT_MOST * lastOf(repeat, SHORT));
  });

  it('only events after a decision are checked for staleness', () => {
    let looks = 0;
    const event = (seq: number, kind: EventKind): IncidentEvent =>
      Object.defineProperty({ kind }, 'seq', { get: () => ((looks += 1), seq) }) as unknown as IncidentEvent;
    const events = Array.from({ length: LONG }, (_, index) => event(index + 1, 'note.added'));
    expect(isStale(events, LONG - 3)).toBe(false);
    expect(isStale([...events, event(LONG + 1, 'release.chosen')], LONG - 3)).toBe(true);
    expect(looks).toBeLessThan(20);
  });
});
