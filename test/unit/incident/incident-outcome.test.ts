/** What a person vouched for is never called verified as a whole. */
import { describe, expect, it } from 'vitest';
import { incidentOutcome } from '#shared/incident/incident-outcome.ts';
import { reduce } from '#shared/incident/reduce.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';
import { APP, RUNBOOK, STEPS } from '../../fixtures/runbook-model.ts';
import { VERIFIED } from '../../fixtures/verified.ts';

type Ended = PayloadOf<'step.ended'>['outcome'];

/** An application rollback that became effective; only the deploy differs. */
function rolledBack(deploy: Ended, exitCode: number, met = true): IncidentState {
  const events = new IncidentEvents()
    .add('procedure.chosen', { procedureId: APP, reason: '' })
    .run({ runId: 'r1', stepId: STEPS.deploy, commandId: 'c1', effect: 'change', shown: 'fly deploy' }, exitCode)
    .add('proof.evaluated', { stepId: STEPS.deploy, met, before: [], after: [], findings: [] });
  for (const stepId of Object.values(STEPS))
    events.add('step.ended', {
      stepId,
      outcome: stepId === STEPS.deploy ? deploy : VERIFIED,
      reason: '',
      observed: null,
      dueAt: null,
    });
  if (!met) events.add('proof.evaluated', { stepId: STEPS.confirm, met: true, before: [], after: [], findings: [] });
  return reduce(events.add('symptom.gone', { observed: 'page' }).events) as IncidentState;
}

describe('the outcome of an incident', () => {
  it('is verified when the deploy was', () => {
    expect(incidentOutcome(rolledBack(VERIFIED, 0), RUNBOOK)).toBe('verified');
  });

  it('is confirmed when a person went on after a deploy that failed and was proven', () => {
    expect(incidentOutcome(rolledBack('confirmed', 1), RUNBOOK)).toBe('confirmed');
  });

  it('is confirmed when a person vouched for a deploy that could not be proven', () => {
    expect(incidentOutcome(rolledBack('confirmed', 0, false), RUNBOOK)).toBe('confirmed');
  });

  it('is failed when nobody went on', () => {
    expect(incidentOutcome(rolledBack('failed', 1), RUNBOOK)).toBe('failed');
  });
});
