import { describe, expect, it } from 'vitest';
import { followUps, isOpen } from '#shared/incident/follow-ups.ts';
import { reduce } from '#shared/incident/reduce.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { DETECTED_AT, IncidentEvents } from '../../fixtures/incident-events.ts';

const MIN = 60_000;

const RUNBOOK = parseRunbook(
  `# Relay runbook

## Option 1: Restart in 5 minutes

**Risk level**: low

1. **Restart**
   \`\`\`bash
   fly apps list
   \`\`\`

## Aftercare

### Within 2 hours

1. **Write the cause down**
   * What set it off?

### First 10 minutes

- [ ] The queue is empty
- [ ] Nobody complains

### Immediately: within 15 minutes

1. **Verify that it is stable**
   - [ ] Error rate below 1%

### Testing in general

- [ ] Not due at any time
`,
  'relay.md',
).model;

const RUN = { runId: 'r1', stepId: 's', commandId: 's#1', effect: 'change', shown: 'fly deploy' } as const;

/** A rollback that became effective 5 minutes after the detection. */
const effective = (declared: ConstructorParameters<typeof IncidentEvents>[0] = {}) =>
  new IncidentEvents(declared)
    .run(RUN)
    .add('proof.evaluated', { stepId: 's', met: true, before: [], after: [], findings: [] })
    .add('symptom.gone', { observed: '200' });

const due = (events: IncidentEvents, now: number) => {
  const state = reduce(events.events);
  if (state === null) throw new Error('declared');
  return followUps(state, RUNBOOK, now);
};
const effectiveAt = (events: IncidentEvents): number => reduce(events.events)?.effectiveAt ?? Number.NaN;

describe('follow-ups', () => {
  it('of a drill are never overdue, however long ago it was', () => {
    const drill = { scenario: 'x', speed: 60, startAt: DETECTED_AT, wallStartAt: DETECTED_AT };
    const events = effective({ kind: 'drill', adapter: 'simulated', drill });
    const later = effectiveAt(events) + 1_000 * MIN;
    expect(new Set(due(events, later).map(({ standing }) => standing))).toEqual(new Set(['open']));
    expect(due(effective(), later).map(({ standing }) => standing)).toContain('overdue');
  });

  it('are read from headings with a time span, outside procedures, in order of when they are due', () => {
    const events = effective();
    const at = effectiveAt(events);
    const list = due(events, at);
    expect(list.map(({ item, dueAt }) => [item.title, (dueAt ?? 0) - at])).toEqual([
      ['The queue is empty', 10 * MIN],
      ['Nobody complains', 10 * MIN],
      ['Verify that it is stable', 15 * MIN],
      ['Write the cause down', 120 * MIN],
    ]);
    expect(list[3]?.item.points).toEqual(['What set it off?']);
    expect(list[2]?.item.checks.map(({ text }) => text)).toEqual(['Error rate below 1%']);
  });

  it('count from the moment the rollback is effective, and become overdue', () => {
    const waiting = new IncidentEvents().run(RUN);
    expect(due(waiting, DETECTED_AT + 24 * 60 * MIN).map(({ standing }) => standing)).toEqual(
      Array.from({ length: 4 }, () => 'waiting'),
    );
    const events = effective();
    const at = effectiveAt(events);
    expect(due(events, at + 15 * MIN - 1).map(({ standing }) => standing)).toEqual([
      'overdue',
      'overdue',
      'open',
      'open',
    ]);
    expect(due(events, at + 15 * MIN)[2]?.standing).toBe('overdue');
  });

  it('are not owed by an incident in which nothing was rolled back', () => {
    expect(due(new IncidentEvents(), DETECTED_AT)).toEqual([]);
  });

  it('a regression invalidates checks of the service, not work that was done or waived', () => {
    const events = effective();
    const [, , stable, cause] = due(events, 0);
    if (stable === undefined || cause === undefined) throw new Error('the runbook has both');
    const check = stable.item.checks[0]?.id ?? '';
    events
      .add('check.ticked', { stepId: stable.item.id, checkId: check, ticked: true, observed: '0.2 %' })
      .add('follow-up.settled', { itemId: stable.item.id, how: 'done', reason: '' })
      .add('follow-up.settled', { itemId: cause.item.id, how: 'done', reason: '' });
    expect(due(events, 0).slice(2).some(isOpen)).toBe(false);
    events
      .add('regression.found', { stepId: 'w', detail: '503' })
      .add('proof.evaluated', { stepId: 's', met: true, before: [], after: [], findings: [] })
      .add('symptom.gone', { observed: '200' });
    const after = due(events, 0);
    expect(after[2]?.standing).toBe('open');
    expect(after[2]?.openChecks).toHaveLength(1);
    expect(after[3]?.standing).toBe('done');
  });
});
