/** Choosing another row with its target, fixing forward, and the checklist before a rollback. */
import { describe, expect, it } from 'vitest';
import { checklistStanding, isChecklistFirst, openAfterStart } from '#shared/incident/checklist.ts';
import { fastStop } from '#shared/platforms/fly/fast-stop.ts';
import { mitigationClock } from '#shared/incident/clocks.ts';
import { factOfRow, higherRow, isFixForward, rowAdvice, rowForSeverity } from '#shared/incident/matrix-row.ts';
import { nextAction } from '#shared/incident/next-action.ts';
import { reduce } from '#shared/incident/reduce.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { incidentOutcome, outcomeText } from '#shared/incident/incident-outcome.ts';
import type { MatrixRow, Runbook } from '#shared/runbook/model.ts';
import { bundledRunbook } from '../../fixtures/bundled-runbook.ts';
import { DETECTED_AT, IncidentEvents } from '../../fixtures/incident-events.ts';

const HOTDASH = bundledRunbook();
const rowNamed = (words: string): MatrixRow => {
  const row = HOTDASH.matrix.rows.find(({ condition }) => condition.includes(words));
  if (row === undefined) throw new Error(`no row "${words}"`);
  return row;
};
const declaredWith = (words: string): IncidentEvents => {
  const row = rowNamed(words);
  return new IncidentEvents({ severity: row.severity, row: factOfRow(row), symptom: row.condition });
};
const stateOf = (events: IncidentEvents): IncidentState => reduce(events.events) as IncidentState;

describe('another row of the matrix', () => {
  it('sets its target, and the clock keeps its start', () => {
    const events = declaredWith('Error rate 10-50').add('severity.changed', { from: 'P1', to: 'P0', reason: '' });
    events.add('row.chosen', { row: factOfRow(rowNamed('Error rate above 50')), reason: 'worse' });
    const clock = mitigationClock(stateOf(events), DETECTED_AT + 60_000);
    expect(clock).toMatchObject({ targetMs: 600_000, targetText: '<10 min', startedAt: DETECTED_AT });
  });

  it.each([
    ['Error rate 10-50', 'Error rate above 50'],
    ['One operator', 'Several operators'],
    ['Cosmetic', 'Minor UX'],
  ])('in doubt, above "%s" stands "%s"', (row, higher) => {
    expect(higherRow(HOTDASH.matrix.rows, rowNamed(row))?.condition).toContain(higher);
  });

  it('the highest row has no higher one', () => {
    expect(higherRow(HOTDASH.matrix.rows, rowNamed('Complete outage'))).toBeNull();
  });

  it('after raising only the severity, its strictest target applies', () => {
    const state = stateOf(declaredWith('Error rate 10-50'));
    const strictest = Math.min(
      ...HOTDASH.matrix.rows.flatMap(({ severity, target }) => (severity === 'P0' ? [target.ms ?? Infinity] : [])),
    );
    expect(rowForSeverity('P0', state, HOTDASH)?.target.ms).toBe(strictest);
  });

  it.each(['Complete outage', 'Data lost', 'exploited', 'Error rate above 50'])(
    'lowered and raised again, the declared row "%s" holds',
    (words) => {
      const events = declaredWith(words).add('severity.changed', { from: 'P0', to: 'P1', reason: 'x' });
      const lower = rowForSeverity('P1', stateOf(events), HOTDASH);
      if (lower === null) throw new Error('the matrix has no P1');
      events.add('row.chosen', { row: factOfRow(lower), reason: 'x' });
      expect(rowForSeverity('P0', stateOf(events), HOTDASH)).toEqual(rowNamed(words));
    },
  );

  it('after lowering only the severity, the most similar row applies', () => {
    const state = stateOf(declaredWith('Error rate 10-50'));
    expect(rowForSeverity('P3', state, HOTDASH)?.condition).toContain('Cosmetic');
    const none: Runbook = { ...HOTDASH, matrix: { rows: [] } };
    expect(rowForSeverity('P0', state, none)).toBeNull();
  });
});

describe('what comes first', () => {
  it('stopping writes on data loss, stopping machines and keeping evidence on an exploit, otherwise nothing', () => {
    expect(rowAdvice(rowNamed('Data lost'))).toMatch(/^Stop the writes first/);
    expect(rowAdvice(rowNamed('exploited'))).toMatch(/keep the evidence/);
    expect(HOTDASH.matrix.rows.filter((row) => rowAdvice(row) !== '')).toHaveLength(2);
    expect(rowNamed('exploited').procedures).toEqual(['stop-all-machines', 'maintenance-mode', 'application-rollback']);
  });

  it('machines are cordoned before they are stopped, and the app name is never shell text', () => {
    expect(fastStop('my-app').stop).toEqual([
      'fly machine list -a my-app --quiet | xargs fly machine cordon -a my-app',
      'fly machine list -a my-app --quiet | xargs fly machine stop -a my-app',
    ]);
    expect(fastStop('a; rm -rf /').stop[0]).toContain("-a 'a; rm -rf /' --quiet");
  });
});

describe('fixing forward', () => {
  const forward = (): IncidentEvents => declaredWith('Minor UX').add('fix-forward.chosen', { reason: 'row' });

  it('only P2 and P3 lead to it', () => {
    expect(HOTDASH.matrix.rows.filter(isFixForward).map(({ condition }) => condition)).toEqual([
      'Minor UX issues',
      'Cosmetic issues',
    ]);
  });

  it('has its own clock and end, which a person confirms', () => {
    const events = forward();
    expect(nextAction(stateOf(events), HOTDASH)).toMatchObject({ kind: 'ask', ask: 'fix-forward' });
    events.add('symptom.gone', { observed: 'v12 is out' }, { after: 60_000 });
    const state = stateOf(events);
    expect(mitigationClock(state, DETECTED_AT + 9e9)).toMatchObject({ met: true, standing: 'within' });
    expect(nextAction(state, HOTDASH)).toMatchObject({ kind: 'ask', ask: 'resolve' });
    expect(incidentOutcome(state, HOTDASH)).toBe('confirmed');
  });

  it('is unverified until it has ended, not failed', () => {
    expect(incidentOutcome(stateOf(forward()), HOTDASH)).toBe('unverified');
  });

  it('"next release" has no clock', () => {
    const state = stateOf(declaredWith('Cosmetic').add('fix-forward.chosen', { reason: '' }));
    expect(mitigationClock(state, DETECTED_AT + 9e9)).toMatchObject({
      targetMs: null,
      standing: 'no-target',
      met: null,
    });
  });

  it('ends with a procedure, and with a severity that is rolled back', () => {
    const back = forward().add('procedure.chosen', { procedureId: 'application-rollback', reason: '' });
    expect(stateOf(back).fixForward).toBeNull();
    const worse = forward().add('severity.changed', { from: 'P2', to: 'P1', reason: '' });
    expect(nextAction(stateOf(worse), HOTDASH)).toMatchObject({ kind: 'ask', ask: 'procedure' });
  });
});

describe('the checklist before a rollback', () => {
  const chosen = (words: string): IncidentEvents =>
    declaredWith(words).add('procedure.chosen', { procedureId: 'application-rollback', reason: '' });
  const items = (events: IncidentEvents) => checklistStanding(stateOf(events), HOTDASH)?.items ?? [];

  it('has its five groups, with questions and the message of the fourth', () => {
    const found = items(chosen('Error rate 10-50'));
    expect(found.map(({ check }) => check.text)).toEqual([
      'Identify the problem',
      'Verify that a rollback is necessary',
      'Get approval',
      'Notify the team',
      'Capture the current state',
    ]);
    expect(found[0]?.check.questions).toContain('What is failing?');
    expect(found[3]?.messages).toHaveLength(1);
    expect(found[2]?.known).toBe('needed: the team lead');
  });

  it('comes first below P0, and never in a P0', () => {
    expect(nextAction(stateOf(chosen('Error rate 10-50')), HOTDASH)).toMatchObject({ ask: 'checklist' });
    expect(isChecklistFirst(stateOf(chosen('Complete outage')), HOTDASH)).toBe(false);
  });

  it('is deferred as a whole, and each item is done when it is ticked', () => {
    const events = chosen('Complete outage');
    const ids = items(events).map(({ check }) => check.id);
    const checklistId = checklistStanding(stateOf(events), HOTDASH)?.checklist.id ?? '';
    events.add('checklist.deferred', { checklistId, items: ids, reason: 'P0', dueAt: DETECTED_AT + 3_600_000 });
    expect(stateOf(events).deferred).toHaveLength(5);
    const [first = ''] = ids;
    events.add('check.ticked', { stepId: checklistId, checkId: first, ticked: true, observed: '503 everywhere' });
    const settled = (): unknown => stateOf(events).deferred.find(({ stepId }) => stepId === first)?.settled;
    expect(settled()).toEqual({ how: 'done', reason: '503 everywhere' });
    events.add('check.ticked', { stepId: checklistId, checkId: first, ticked: false, observed: '' });
    expect(settled()).toBeNull();
  });

  it('lists the items that nobody ticked or deferred once a rollback was started', () => {
    const events = chosen('Complete outage');
    expect(openAfterStart(stateOf(events), HOTDASH)).toEqual([]);
    events.run({
      runId: 'r1',
      stepId: 'application-rollback/deploy',
      commandId: 'c',
      effect: 'change',
      shown: 'fly deploy',
    });
    expect(openAfterStart(stateOf(events), HOTDASH)).toHaveLength(5);
    expect(outcomeText(stateOf(events), HOTDASH)).toBe('unverified, checklist open');
    const { id: checklistId = '', items = [] } = checklistStanding(stateOf(events), HOTDASH)?.checklist ?? {};
    events.add('checklist.deferred', {
      checklistId,
      items: items.map(({ id }) => id),
      reason: 'P0',
      dueAt: DETECTED_AT + 3_600_000,
    });
    expect(outcomeText(stateOf(events), HOTDASH)).toBe('unverified');
  });

  it('is found by its title in any runbook', () => {
    const named = (title: string): Runbook => ({
      ...HOTDASH,
      checklists: HOTDASH.checklists.slice(0, 1).map((each) => ({ ...each, title })),
    });
    const has = (title: string): boolean => checklistStanding(stateOf(chosen('Cosmetic')), named(title)) !== null;
    expect(['Pre-rollback checklist', 'Before you roll back', 'Pre-deploy checks'].map(has)).toEqual([
      true,
      true,
      true,
    ]);
    expect(['After the rollback', 'Prevention checklist', 'Within 1 hour'].map(has)).toEqual([false, false, false]);
  });
});
