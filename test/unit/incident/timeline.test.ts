import { describe, expect, it } from 'vitest';
import { EVENT_SCHEMAS, type IncidentEvent } from '#shared/incident/event.ts';
import { reduce } from '#shared/incident/reduce.ts';
import { byOccurrence, type TimelineEntry, timeline } from '#shared/incident/timeline.ts';
import { EVENT_RULES } from '#shared/incident/topics/registry.ts';
import { DETECTED_AT, IncidentEvents } from '../../fixtures/incident-events.ts';
import { byHandIncident, unhealthyDrill, verifiedDrill } from '../../fixtures/incident-stories.ts';
import { RUNBOOK, STEPS } from '../../fixtures/runbook-model.ts';

function entriesOf(events: readonly IncidentEvent[]): readonly TimelineEntry[] {
  const state = reduce(events);
  if (state === null) throw new Error('no declaration');
  return timeline(events, RUNBOOK, state);
}

const one = (entries: readonly TimelineEntry[], kind: string): TimelineEntry => {
  const found = entries.filter((entry) => entry.kind === kind);
  expect(found).toHaveLength(1);
  return found[0] as TimelineEntry;
};

describe('timeline', () => {
  it('has a row for each kind of event', () => {
    expect(Object.keys(EVENT_RULES).sort()).toEqual(Object.keys(EVENT_SCHEMAS).sort());
  });

  it('has one entry for each event, in order', () => {
    const { events } = verifiedDrill();
    expect(entriesOf(events).map((entry) => entry.seq)).toEqual(events.map((event) => event.seq));
  });

  it('says what was proven, with the versions before and after', () => {
    const entry = one(entriesOf(verifiedDrill().events), 'proof.evaluated');
    expect(entry).toMatchObject({ tone: 'good', source: 'app', starred: true, stepId: STEPS.deploy });
    expect(entry.text).toMatch(
      /^Rollback of hotdash-agent-service from v10 to v9 \(released again as v11\) proven: 2 of 2 machines started/,
    );
  });

  it('never calls an unmet post-condition good, and names only what was not met', () => {
    const entries = entriesOf(unhealthyDrill().events);
    expect(entries.filter((entry) => entry.tone === 'good')).toEqual([]);
    const entry = one(entries, 'proof.evaluated');
    expect(entry.tone).toBe('bad');
    expect(entry.text).toContain('not proven: 2 of 2 checks do not pass; The health address answered 503');
    expect(entry.text).not.toContain('machines started');
  });

  it('does not call exit code 0 good', () => {
    const ends = entriesOf(verifiedDrill().events).filter((entry) => entry.kind === 'run.ended');
    expect(ends.map((entry) => entry.tone)).toEqual(['plain', 'plain']);
  });

  it('finds the step of a run', () => {
    const ends = entriesOf(verifiedDrill().events).filter((entry) => entry.kind === 'run.ended');
    expect(ends.map(({ runId, stepId }) => [runId, stepId])).toEqual([
      ['run-1', STEPS.choose],
      ['run-2', STEPS.deploy],
    ]);
  });

  it('stars changing runs by itself and leaves read-only ones out', () => {
    const starts = entriesOf(verifiedDrill().events).filter((entry) => entry.kind === 'run.started');
    expect(starts.map(({ starred }) => starred)).toEqual([false, true]);
  });

  it('follows the stars people set, over the default', () => {
    const story = verifiedDrill()
      .add('entry.starred', { seq: 1, starred: false })
      .add('entry.starred', { seq: 3, starred: true });
    const entries = entriesOf(story.events);
    expect([entries[0]?.starred, entries[2]?.starred]).toEqual([false, true]);
  });

  it('measures from the detection, also before it, and sorts a back-dated entry by when it happened', () => {
    const entries = entriesOf(byHandIncident().events);
    const note = one(entries, 'note.added');
    expect(note).toMatchObject({ elapsedMs: -60_000, occurredAt: DETECTED_AT - 60_000, at: DETECTED_AT + 601_000 });
    expect(entries[0]?.kind).toBe('incident.declared');
    expect(byOccurrence(entries)[0]).toBe(note);
  });

  it('attributes to Rollbook what it did by itself, and to people what they said', () => {
    const story = new IncidentEvents()
      .add('symptom.gone', { observed: 'ok' }, { actor: 'rollbook' })
      .add('step.ended', { stepId: STEPS.confirm, outcome: 'confirmed', reason: '', observed: 'ok', dueAt: null })
      .add('step.ended', { stepId: STEPS.deploy, outcome: 'verified', reason: '', observed: null, dueAt: null });
    expect(entriesOf(story.events).map(({ source }) => source)).toEqual(['person', 'app', 'person', 'app']);
  });

  it('keeps every sentence on one line', () => {
    const story = new IncidentEvents({ row: null, symptom: 'a\nb\r\n\tc' }).add('note.added', {
      text: ' x\u2028y ',
      starred: false,
    });
    expect(entriesOf(story.events).map(({ text }) => text)).toEqual([
      'Incident declared as P0 for hotdash-agent-service: a b c',
      'x y',
    ]);
  });

  it('shows the id of a step that the runbook no longer has', () => {
    const story = new IncidentEvents().add('procedure.chosen', { procedureId: 'gone', reason: '' });
    expect(entriesOf(story.events)[1]?.text).toBe('Procedure chosen: gone');
  });
});
