import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approvalNeed, roleStrictness } from '#shared/incident/approval-policy.ts';
import { obligations } from '#shared/incident/obligations.ts';
import { reduce } from '#shared/incident/reduce.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import type { AuthorityRule, Runbook, Severity } from '#shared/runbook/model.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';
import { verifiedDrill } from '../../fixtures/incident-stories.ts';
import { APP, DATABASE, RUNBOOK } from '../../fixtures/runbook-model.ts';

function story(severity: Severity, procedureId: string | null): IncidentEvents {
  const events = new IncidentEvents({ severity });
  return procedureId === null ? events : events.add('procedure.chosen', { procedureId, reason: '' });
}
const stateOf = (events: IncidentEvents): IncidentState => reduce(events.events) as IncidentState;
const approval = (role: string): Parameters<IncidentEvents['add']>[1] => ({
  who: 'Lena',
  role,
  how: 'phone',
  words: 'go',
  givenAt: 0,
});

describe('who has to approve', () => {
  it.each([
    ['P0', null, 'anyone', 'not-needed'],
    ['P0', APP, 'anyone', 'not-needed'],
    ['P0', DATABASE, 'manager', 'needed'],
    ['P1', APP, 'team-lead', 'needed'],
    ['P1', DATABASE, 'manager', 'needed'],
    ['P2', APP, 'team-lead', 'needed'],
    // No rule names P3: the runbook is silent, so the team lead is asked.
    ['P3', APP, 'team-lead', 'needed'],
    ['P3', DATABASE, 'manager', 'needed'],
  ] as const)('%s and %s: %s, %s', (severity, procedureId, approver, standing) => {
    expect(approvalNeed(stateOf(story(severity, procedureId)), RUNBOOK)).toMatchObject({ approver, standing });
  });

  it('an approval of one procedure does not count for another', () => {
    const events = story('P1', APP).add('approval.recorded', approval('CTO') as never);
    expect(approvalNeed(stateOf(events), RUNBOOK).standing).toBe('given');
    events.add('procedure.chosen', { procedureId: DATABASE, reason: '' });
    expect(approvalNeed(stateOf(events), RUNBOOK).standing).toBe('needed');
  });

  it('lets the stricter of two rules win, in whatever order they stand', () => {
    const strictness = { anyone: 0, 'team-lead': 1, manager: 2 } as const;
    const rule = fc.constantFrom(...(['anyone', 'team-lead', 'manager'] as const)).map(
      (approver): AuthorityRule => ({
        line: 1,
        start: 0,
        end: 0,
        severities: ['P1'],
        procedures: [],
        approver,
        text: '',
      }),
    );
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 5 }), (authority) => {
        const runbook: Runbook = { ...RUNBOOK, authority };
        const need = approvalNeed(stateOf(story('P1', null)), runbook);
        expect(strictness[need.approver]).toBe(Math.max(...authority.map(({ approver }) => strictness[approver])));
      }),
    );
  });

  it.each([
    ['on-call engineer', 0],
    ['pleading user', 0],
    ['Team Lead', 1],
    ['engineering lead', 2],
    ['CTO', 2],
    ['Manager on duty', 2],
  ])('a %s has authority %d', (role, strictness) => {
    expect(roleStrictness(role)).toBe(strictness);
  });

  it('counts an approval only from somebody with enough authority', () => {
    const asked = story('P1', DATABASE).add('approval.recorded', approval('team lead') as never);
    expect(approvalNeed(stateOf(asked), RUNBOOK).standing).toBe('needed');
    asked.add('approval.recorded', approval('manager') as never);
    expect(approvalNeed(stateOf(asked), RUNBOOK).standing).toBe('given');
  });

  it('can be bypassed, with a debt until somebody is told', () => {
    const bypassed = story('P1', APP).add('approval.bypassed', { reason: 'asleep', typed: 'x' });
    expect(approvalNeed(stateOf(bypassed), RUNBOOK).standing).toBe('bypassed');
    expect(obligations(stateOf(bypassed), RUNBOOK)).toMatchObject([{ id: 'tell-approver', paid: null }]);
    bypassed.add('debt.paid', { debt: 'tell-approver', who: 'Lena', how: 'phone' });
    expect(obligations(stateOf(bypassed), RUNBOOK)).toMatchObject([{ id: 'tell-approver', paid: { who: 'Lena' } }]);
    // Going on without approval once more has to be told once more.
    bypassed.add('approval.bypassed', { reason: 'again', typed: 'service' });
    expect(obligations(stateOf(bypassed), RUNBOOK)).toMatchObject([{ id: 'tell-approver', paid: null }]);
  });
});

describe('debts', () => {
  it('owes nothing before anything was changed', () => {
    expect(obligations(stateOf(story('P0', APP)), RUNBOOK)).toEqual([]);
  });

  it.each([
    ['Any engineer may start the rollback; tell the team afterwards', 'the team'],
    ['Any engineer can initiate (notify team after)', 'the team'],
    ['The on-call engineer decides and informs nobody by name', 'the team'],
    ['Anyone; inform the duty manager immediately', 'the duty manager'],
  ])('"%s": tell %s', (text, who) => {
    const runbook = { ...RUNBOOK, authority: RUNBOOK.authority.map((rule) => ({ ...rule, text })) };
    const { events } = verifiedDrill();
    const [owed] = obligations(reduce(events) as IncidentState, runbook);
    expect(owed?.what).toBe(`Tell ${who} that a rollback was started (P0)`);
  });

  it('owes telling the team after a P0 rollback without an approval', () => {
    const { events } = verifiedDrill();
    const untilPaid = events.slice(
      0,
      events.findIndex(({ kind }) => kind === 'debt.paid'),
    );
    const owed = obligations(reduce(untilPaid) as IncidentState, RUNBOOK);
    expect(owed).toMatchObject([{ id: 'notify-after', paid: null }]);
    expect(obligations(reduce(events) as IncidentState, RUNBOOK)).toMatchObject([
      { id: 'notify-after', paid: { how: 'phone' } },
    ]);
  });
});
