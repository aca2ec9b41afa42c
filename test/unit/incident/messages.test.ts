import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillMessage, marked, openBlanks, statusNow } from '#shared/incident/messages.ts';
import { reduce } from '#shared/incident/reduce.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { clockTime } from '#shared/words/clock-time.ts';
import { DETECTED_AT, IncidentEvents } from '../../fixtures/incident-events.ts';
import { chosen, verifiedDrill } from '../../fixtures/incident-stories.ts';
import { RUNBOOK } from '../../fixtures/runbook-model.ts';

const time = { now: DETECTED_AT + 360_000, clock: (at: number) => new Date(at).toISOString().slice(11, 16) };

function stateOf(events: IncidentEvents): IncidentState {
  const state = reduce(events.events);
  if (state === null) throw new Error('declared');
  return state;
}

const open = () => stateOf(new IncidentEvents({ kind: 'live', title: 'Login $& broken' }));

describe('messages', () => {
  it('fills in the placeholders of the bundled runbook', () => {
    const start = 'Severity: [P0/P1/P2]\nIssue: [Brief description]\nRollback started: [Time]\nETA: [Timeframe]';
    expect(fillMessage(start, open(), time)).toBe(
      'Severity: P0\nIssue: Login $& broken\nRollback started: [Time]\nETA: [Timeframe]',
    );
    const done = 'Status: [Stable/Monitoring]\nRolled back to: [Version]\nTime: [Duration]\nNext steps: [Action plan]';
    const after = fillMessage(done, stateOf(verifiedDrill()), time);
    expect(after).toMatch(/^DRILL Status: Stable\nRolled back to: v9\nTime: \d/);
    expect(after).toContain('[Action plan]');
  });

  it('says when the first change was started, not when the incident was declared', () => {
    const state = stateOf(verifiedDrill());
    expect(state.startedAt).not.toBe(state.declaredAt);
    expect(fillMessage('[Time]', state, { ...time, clock: String })).toBe(`DRILL ${state.startedAt}`);
  });

  it('names every service that is rolled back', () => {
    expect(fillMessage('[Service]', open(), time)).toBe('hotdash-agent-service');
    const choice = { ...chosen(), service: 'hotdash-app' };
    const both = stateOf(new IncidentEvents({ kind: 'live' }).add('service.release-chosen', choice));
    expect(fillMessage('[Service]', both, time)).toBe('hotdash-agent-service, hotdash-app');
  });

  it('gives no estimate to users: a person fills that in', () => {
    expect(fillMessage('Expected duration: [Timeframe]', stateOf(verifiedDrill()), time)).toContain('[Timeframe]');
  });

  it('finds the placeholders that are left, and takes no link, check box or bracket of a person for one', () => {
    const template = '[P0/P1/P2] v[X] [Time] [Time] [the board](https://x.example) [ ] [x]';
    expect(openBlanks(template, template)).toEqual(['[P0/P1/P2]', 'v[X]', '[Time]']);
    expect(openBlanks(template, 'P0 v9 [Time], see [INC-7]')).toEqual(['[Time]']);
    expect(openBlanks('', '[Time]')).toEqual([]);
  });

  it('tells the time with its zone', () => {
    expect(clockTime(DETECTED_AT, 'UTC')).toBe('03:12 UTC');
    expect(clockTime(DETECTED_AT, 'America/New_York')).toMatch(/^22:12 (GMT-5|EST)$/);
  });

  it('leaves unknown placeholders as they are', () => {
    const text = 'Status: [Stable/Monitoring], to [Version], v[X], ended [End], after [Duration]';
    expect(fillMessage(text, open(), { ...time, now: null })).toBe(text);
  });

  it("leaves a text without placeholders as it is, and begins a drill's with DRILL once", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/[[\]$]/.test(text)),
        (text) => {
          expect(fillMessage(text, open(), time)).toBe(text);
          const drill = stateOf(new IncidentEvents({ kind: 'drill' }));
          const filled = fillMessage(text, drill, time);
          expect(filled.startsWith('DRILL')).toBe(true);
          expect(marked(filled, drill)).toBe(filled);
        },
      ),
    );
  });

  it('has a status at any moment: what, since when, how far and what next', () => {
    const begun = stateOf(
      new IncidentEvents({ kind: 'live' })
        .add('procedure.chosen', { procedureId: 'application-rollback', reason: '' })
        .add('release.chosen', chosen()),
    );
    const said = statusNow(begun, RUNBOOK, time).split('\n');
    expect(said).toEqual([
      'P0 hotdash-agent-service: Agent service answers 503',
      'Investigating, 6 min since it was detected (03:12), target < 5 minutes missed',
      'Option 1: Application rollback, 0 of 5 steps, to v9',
      expect.stringMatching(/^Next: /) as string,
    ]);
    expect(statusNow(open(), RUNBOOK, time)).toContain('Next: Choose a procedure');
    expect(statusNow(stateOf(verifiedDrill()), RUNBOOK, time)).toMatch(
      /^DRILL P0 .*\n(Resolved|Stable), effective after/,
    );
  });

  it('the status of an incident that was handed over says to whom, by whom and when, and no next step', () => {
    const given = { handoverId: 'h', by: 'ann', host: 'her-laptop', to: 'bo', reason: 'end of shift' };
    const state = stateOf(new IncidentEvents().add('handover.given', given, { after: 280_000 }));
    const lines = statusNow(state, RUNBOOK, { ...time, now: DETECTED_AT + 86_400_000 }).split('\n');
    expect(lines).toContain('Handed over to bo by ann at 03:17: it continues there, and this copy is read-only');
    expect(lines).toContainEqual(expect.stringMatching(/^Until then: Investigating, 5 min since it was detected/));
    expect(lines.join()).not.toContain('Next:');
  });

  it('the status of a contained incident says so, and that its target is met', () => {
    const row = {
      condition: '',
      action: 'Stop the writes, then roll back',
      targetText: '<5 min',
      targetMs: 300_000,
      line: 1,
    };
    const page = { stepId: 's/on', mode: 'on', offStepId: null, met: true, detail: '' } as const;
    const state = stateOf(new IncidentEvents({ row }).add('maintenance.checked', page, { after: 93_000 }));
    expect(statusNow(state, RUNBOOK, time)).toContain(
      'Investigating, 6 min since it was detected (03:12), contained after 1 min 53 s (03:13), target <5 min met',
    );
  });
});
