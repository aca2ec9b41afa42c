import { describe, expect, it } from 'vitest';
import { nextAction } from '#shared/incident/next-action.ts';
import type { Draft } from '#shared/incident/event.ts';
import { reduce } from '#shared/incident/reduce.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { incidentOutcome } from '#shared/incident/incident-outcome.ts';
import type { Runbook, Step } from '#shared/runbook/model.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';
import { APP, RUNBOOK, STEPS } from '../../fixtures/runbook-model.ts';
import { VERIFIED } from '../../fixtures/verified.ts';

const ON = 'maintenance/on';
const OFF = 'maintenance/off';
const [app] = RUNBOOK.procedures;
if (app === undefined) throw new Error('the fixture has procedures');
const deploy = app.steps.find(({ id }) => id === STEPS.deploy);
if (deploy === undefined) throw new Error('the fixture deploys');
const step = (id: string, kind: Step['kind']): Step => ({ ...deploy, id, title: id, kind });

const WITH: Runbook = {
  ...RUNBOOK,
  procedures: [
    ...RUNBOOK.procedures,
    { ...app, id: 'maintenance', steps: [step(ON, 'maintenance-on'), step(OFF, 'maintenance-off')] },
  ],
};

const checked = (mode: 'on' | 'off', met: boolean | null): Draft => ({
  kind: 'maintenance.checked',
  payload: { stepId: mode === 'on' ? ON : OFF, mode, offStepId: OFF, met, detail: '' },
});

/** Everything of the application rollback is over, its symptom confirmed. */
const rolledBack = (): Draft[] => [
  { kind: 'procedure.chosen', payload: { procedureId: APP, reason: '' } },
  ...Object.values(STEPS).map(
    (stepId): Draft => ({
      kind: 'step.ended',
      payload: { stepId, outcome: VERIFIED, reason: '', observed: null, dueAt: null },
    }),
  ),
];

function stateOf(...drafts: readonly Draft[]): IncidentState {
  const events = new IncidentEvents();
  for (const { kind, payload } of drafts) events.add(kind, payload);
  const state = reduce(events.events);
  if (state === null) throw new Error('declared');
  return state;
}

describe('maintenance mode', () => {
  it('once switched on it is owed until it is off, proven or not', () => {
    for (const met of [true, false, null]) {
      const state = stateOf(checked('on', met));
      expect(state.maintenance).toMatchObject({ on: true, shown: met === true });
      expect(state.deferred).toMatchObject([{ stepId: OFF, settled: null }]);
    }
    const off = stateOf(checked('on', true), checked('off', true));
    expect(off.maintenance?.on).toBe(false);
    expect(off.deferred).toMatchObject([{ settled: { how: 'done' } }]);
    expect(stateOf(checked('on', true), checked('off', false)).maintenance?.on).toBe(true);
  });

  it('locking users out is not a rollback: the mitigation clock ends when users are back', () => {
    const gone: Draft = { kind: 'symptom.gone', payload: { observed: 'page' } };
    expect(stateOf(checked('on', true), gone).effectiveAt).toBeNull();
    expect(stateOf(checked('on', true), checked('off', true), gone).effectiveAt).not.toBeNull();
  });

  it('switching it off is offered after every other procedure, until it is done or waived', () => {
    const on = stateOf(checked('on', true), ...rolledBack());
    expect(nextAction(on, WITH)).toMatchObject({
      kind: 'do',
      stepId: OFF,
      changes: true,
      intent: { kind: 'run-change', stepId: OFF },
    });
    expect(incidentOutcome(on, WITH)).toBe('unverified');
    const waived: Draft = { kind: 'deferred.settled', payload: { what: OFF, how: 'waived', reason: 'app is retired' } };
    expect(nextAction(stateOf(checked('on', true), ...rolledBack(), waived), WITH)).toMatchObject({ ask: 'resolve' });
  });

  it('asks for the symptom once users are back, and not when it was never on', () => {
    const back = stateOf(checked('on', true), ...rolledBack(), checked('off', true));
    expect(nextAction(back, WITH)).toMatchObject({ ask: 'symptom', stepId: STEPS.confirm });
    expect(nextAction(stateOf(...rolledBack()), WITH)).toMatchObject({ ask: 'resolve' });
  });
});
