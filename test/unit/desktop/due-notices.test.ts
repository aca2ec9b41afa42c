import { describe, expect, it } from 'vitest';
import { dueNotices } from '../../../electron/desktop/due-notices.ts';
import { openIncidents } from '../../../electron/desktop/open-incidents.ts';
import { NotificationLog } from '../../../electron/desktop/notification-log.ts';
import { DETECTED_AT, IncidentEvents } from '../../fixtures/incident-events.ts';
import { APP, STEPS } from '../../fixtures/runbook-model.ts';
import { MINUTE, watched } from './watched.ts';

const at = (ms: number): number => DETECTED_AT + ms;
const due = (events: IncidentEvents, now: number) => dueNotices(watched(events, now));
const DEFERRED = { stepId: 's1', outcome: 'deferred', reason: 'P0', observed: null, dueAt: at(20 * MINUTE) } as const;

describe('notices of the target (5 minutes)', () => {
  it.each([
    [2.4 * MINUTE, []],
    [2.5 * MINUTE, ['I1 target 50']],
    [4 * MINUTE, ['I1 target 50', 'I1 target 80']],
    [5 * MINUTE, ['I1 target 50', 'I1 target 80', 'I1 target 100']],
  ])('are due at their share: %d ms', (elapsed, keys) => {
    expect(due(new IncidentEvents(), at(elapsed)).map(({ key }) => key)).toEqual(keys);
  });

  it('say what is left, and that nothing was locked', () => {
    const [, near] = due(new IncidentEvents(), at(4 * MINUTE));
    expect(near?.title).toBe('P0: 80 % of the target is used');
    expect(near?.body).toContain('1 min left of 5 min');
    expect(due(new IncidentEvents(), at(6 * MINUTE)).at(-1)?.body).toContain('Over by 1 min');
  });

  it('end with the mitigation, and with the incident', () => {
    const resolved = new IncidentEvents().add('incident.resolved', { summary: 'gone' });
    expect(due(resolved, at(60 * MINUTE))).toEqual([]);
    const none = new IncidentEvents({ row: null });
    expect(due(none, at(60 * MINUTE))).toEqual([]);
  });

  it('are silent where the incident was handed over, until it comes back', () => {
    const given = { handoverId: 'h', by: 'amy', host: 'a', to: 'bo', reason: '' };
    const story = new IncidentEvents().add('handover.given', given);
    expect(due(story, at(60 * MINUTE))).toEqual([]);
    expect(openIncidents([watched(story, at(60 * MINUTE))])).toEqual([]);
    story.add('handover.taken', { ...given, fromHost: 'a', fromBy: 'amy' });
    expect(due(story, at(60 * MINUTE))).not.toEqual([]);
    expect(openIncidents([watched(story, at(60 * MINUTE))])).toHaveLength(1);
  });

  it('name a drill as one', () => {
    const drill = { scenario: 'x', speed: 1, startAt: DETECTED_AT, wallStartAt: DETECTED_AT };
    const events = new IncidentEvents({ kind: 'drill', adapter: 'simulated', drill });
    expect(due(events, at(3 * MINUTE))[0]?.title).toMatch(/^DRILL P0: /);
  });

  it('want nothing more of anybody once a drill is over (rule 14)', () => {
    const drill = { scenario: 'x', speed: 1, startAt: DETECTED_AT, wallStartAt: DETECTED_AT };
    const deferred = new IncidentEvents({ kind: 'drill', adapter: 'simulated', drill }).add('step.ended', DEFERRED);
    expect(due(deferred, at(60 * MINUTE))).not.toEqual([]);
    expect(due(deferred.add('incident.resolved', { summary: 'gone' }), at(60 * MINUTE))).toEqual([]);
  });
});

describe('notices of what was deferred', () => {
  it('are due at their time, until it is done or waived, also after the incident is resolved', () => {
    const events = new IncidentEvents({ row: null }).add('step.ended', DEFERRED);
    expect(due(events, at(20 * MINUTE) - 1)).toEqual([]);
    expect(due(events, at(20 * MINUTE))).toMatchObject([{ title: 'P0: Step s1 is due', incidentId: 'I1' }]);
    events.add('incident.resolved', { summary: 'gone' });
    expect(due(events, at(21 * MINUTE))).toHaveLength(1);
    events.add('deferred.settled', { what: 's1', how: 'waived', reason: 'no need' });
    expect(due(events, at(21 * MINUTE))).toEqual([]);
  });
});

describe('notices of the checklist', () => {
  it('tell once what was put off together', () => {
    const events = new IncidentEvents({ severity: 'P0' }).add('checklist.deferred', {
      checklistId: 'before',
      items: ['before#1', 'before#2'],
      reason: 'P0',
      dueAt: at(60 * MINUTE),
    });
    const titles = (minutes: number): readonly string[] =>
      due(events, at(minutes * MINUTE)).flatMap(({ title }) => (title.includes('checklist') ? [title] : []));
    expect(titles(59)).toEqual([]);
    expect(titles(61)).toEqual(['P0: 2 of the checklist are due']);
  });
});

describe('notices of what is owed to people', () => {
  const started = (): IncidentEvents =>
    new IncidentEvents({ severity: 'P0' })
      .add('procedure.chosen', { procedureId: APP, reason: '' })
      .run({ runId: 'r1', stepId: STEPS.deploy, commandId: 'c', effect: 'change', shown: 'fly deploy' });

  it('come back each quarter of an hour until somebody was told', () => {
    const events = started();
    const owed = (minutes: number): readonly string[] =>
      dueNotices(watched(events, DETECTED_AT + minutes * MINUTE))
        .filter(({ title }) => title.includes('has to be told'))
        .map(({ key }) => key.split(' ').at(-1) ?? '');
    expect([10, 16, 29, 31, 46].map(owed)).toEqual([[], ['1'], ['1'], ['2'], ['3']]);
    events.add('incident.resolved', { summary: '' });
    expect(owed(46)).toEqual(['3']);
    events.add('debt.paid', { debt: 'notify-after', who: 'Lena', how: 'Slack' });
    expect(owed(46)).toEqual([]);
  });
});

describe('notices of the watch', () => {
  it('tell a release that is not ours and a regression', () => {
    const events = new IncidentEvents({ row: null })
      .add('watch.started', { stepId: 'w', minutes: 30 })
      .add('release.foreign', { stepId: 'w', version: 12, description: '', user: 'bo' });
    expect(due(events, at(MINUTE)).map(({ title }) => title)).toEqual(['P0: a release that is not ours']);
    const reason = '3 bad answers in a row: 503';
    events
      .add('regression.found', { stepId: 'w', detail: reason })
      .add('watch.ended', { stepId: 'w', completed: false, reason })
      .add('step.ended', { stepId: 'w', outcome: 'failed', reason, observed: null, dueAt: null });
    expect(due(events, at(MINUTE)).at(-1)).toMatchObject({ title: 'P0: the service is failing again' });
  });
});

it('tells a release that is not ours of each service, also when their numbers are the same', () => {
  const foreign = { stepId: 'w', version: 5, description: '', user: 'bo' };
  const events = new IncidentEvents({ row: null })
    .add('watch.started', { stepId: 'w', minutes: 30 })
    .add('release.foreign', { ...foreign, service: 'shop' })
    .add('release.foreign', { ...foreign, service: 'pier' });
  const once = new NotificationLog(null);
  const bodies = () => once.pick(due(events, at(MINUTE)), new Set(['I1'])).map(({ body }) => body);
  expect(bodies()).toEqual([
    expect.stringContaining('v5 of shop appeared during the watch'),
    expect.stringContaining('v5 of pier appeared during the watch'),
  ]);
  expect(bodies()).toEqual([]);
  events.add('release.foreign', { ...foreign, service: 'shop', version: 6 });
  expect(bodies()).toEqual([expect.stringContaining('v6 of shop')]);
});

describe('told', () => {
  const ids = new Set(['I1']);
  const all = due(new IncidentEvents(), at(5 * MINUTE));

  it('tells only the newest of a series, and each once, over restarts too', () => {
    const memory = new NotificationLog(null);
    expect(memory.pick(all, ids).map(({ key }) => key)).toEqual(['I1 target 100']);
    expect(memory.pick(all, ids)).toEqual([]);
    const kept = memory.changed();
    expect(memory.changed()).toBeNull();
    expect(new NotificationLog(kept).pick(all, ids)).toEqual([]);
  });

  it('tells the next one of a series when it is due', () => {
    const memory = new NotificationLog([]);
    expect(memory.pick(all.slice(0, 1), ids).map(({ key }) => key)).toEqual(['I1 target 50']);
    expect(memory.pick(all.slice(0, 2), ids).map(({ key }) => key)).toEqual(['I1 target 80']);
  });

  it('forgets incidents that are closed, and survives a damaged setting', () => {
    const memory = new NotificationLog({ not: 'a list' });
    memory.pick(all, ids);
    memory.pick([], new Set());
    expect(memory.changed()).toEqual([]);
  });
});
