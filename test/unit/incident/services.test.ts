import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Draft } from '#shared/incident/event.ts';
import { nextAction } from '#shared/incident/next-action.ts';
import { type Outcome, OUTCOMES } from '#shared/incident/step-outcomes.ts';
import { reduce } from '#shared/incident/reduce.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { serviceOfRun, serviceState, systemOutcome, undecided, undeployed } from '#shared/incident/services.ts';
import type { Runbook, Step } from '#shared/runbook/model.ts';
import { IncidentEvents, image } from '../../fixtures/incident-events.ts';
import { releasesRead } from '../../fixtures/incident-stories.ts';
import { RUNBOOK, STEPS } from '../../fixtures/runbook-model.ts';
import { ending } from '../../fixtures/verified.ts';

const SERVICES = ['a', 'b', 'c'] as const;
const PROCEDURE = 'system';
const CHOOSE = 'system/choose';
const DEPLOY = 'system/deploy';
const [app] = RUNBOOK.procedures;
const model = app?.steps.find(({ id }) => id === STEPS.deploy);
if (app === undefined || model === undefined) throw new Error('the fixture has an application rollback');
const choose: Step = { ...model, id: CHOOSE, kind: 'choose-releases', services: SERVICES };
const deploy: Step = { ...model, id: DEPLOY, kind: 'deploy-releases', services: SERVICES };
const runbookWith = (step: Step): Runbook => ({
  ...RUNBOOK,
  procedures: [{ ...app, id: PROCEDURE, steps: [choose, step] }],
});
const SYSTEM = runbookWith(deploy);

function stateOf(...drafts: readonly Draft[]): IncidentState {
  const events = new IncidentEvents();
  events.add('procedure.chosen', { procedureId: PROCEDURE, reason: '' });
  for (const { kind, payload } of drafts) events.add(kind, payload);
  const state = reduce(events.events);
  if (state === null) throw new Error('declared');
  return state;
}

const read = (service: string): Draft => ({
  kind: 'service.releases-read',
  payload: { service, ...releasesRead(), stepId: CHOOSE },
});
const pick = (service: string): Draft => ({
  kind: 'service.release-chosen',
  payload: {
    service,
    stepId: CHOOSE,
    version: 9,
    image: image(9).image,
    from: image(10),
    proposed: true,
    fingerprint: 'f',
    immediate: false,
  },
});
const ended = (service: string, outcome: Outcome): Draft => ({
  kind: 'service.ended',
  payload: { stepId: DEPLOY, service, outcome: ending(outcome), reason: '', before: [], after: [], findings: [] },
});
const leave = (service: string): Draft => ({
  kind: 'service.left-out',
  payload: { stepId: CHOOSE, service, reason: 'not deployed by itself' },
});
const step = (stepId: string, outcome: Outcome): Draft => ({
  kind: 'step.ended',
  payload: { stepId, outcome: ending(outcome), reason: '', observed: null, dueAt: null },
});
const reopen = (stepId: string): Draft => ({ kind: 'step.reopened', payload: { stepId, reason: 'again' } });
const ready = (): Draft[] => [...SERVICES.map(read), ...SERVICES.map(pick), step(CHOOSE, 'done')];

describe('several services', () => {
  it('reads them, then asks for each; one that cannot be read can be left out and does not block', () => {
    expect(nextAction(stateOf(), SYSTEM)).toMatchObject({ intent: { kind: 'run-reads', stepId: CHOOSE } });
    expect(nextAction(stateOf(read('b')), SYSTEM)).toMatchObject({ ask: 'releases' });
    expect(undecided(stateOf(...SERVICES.map(read), leave('c'), pick('a')), choose, SYSTEM)).toEqual(['b']);
  });

  it('deploys in the declared order, and a failure leaves the rest runnable', () => {
    expect(nextAction(stateOf(...ready()), SYSTEM)).toMatchObject({
      intent: { kind: 'deploy-services', services: ['a'] },
      changes: true,
    });
    expect(nextAction(stateOf(...ready(), ended('a', 'failed')), SYSTEM)).toMatchObject({
      intent: { kind: 'deploy-services', services: ['b'] },
    });
  });

  it('deploys all at once where the step says so', () => {
    const all = runbookWith({ ...deploy, parallel: true });
    expect(nextAction(stateOf(...ready()), all)).toMatchObject({ intent: { services: ['a', 'b', 'c'] } });
  });

  it('never deploys again automatically what was started and has no outcome', () => {
    const begun: Draft = {
      kind: 'run.by-hand',
      payload: {
        runId: 'r1',
        stepId: DEPLOY,
        commandId: `${DEPLOY}#1@a`,
        effect: 'change',
        shown: 'fly deploy',
        exitCode: 0,
        excerpt: '',
      },
    };
    const state = stateOf(...ready(), begun);
    expect(serviceOfRun(state, 'r1')).toBe('a');
    expect(nextAction(state, SYSTEM)).toMatchObject({ intent: { kind: 'check-proof', stepId: DEPLOY } });
  });

  it('the step has the worst outcome of its chosen services, and is open while one has none', () => {
    const judged = fc.constantFrom<Outcome | null>('verified', 'failed', 'stopped', 'interrupted', 'unverified', null);
    fc.assert(
      fc.property(fc.array(judged, { minLength: 3, maxLength: 3 }), (outcomes) => {
        const drafts = SERVICES.flatMap((service, index) => {
          const outcome = outcomes[index] ?? null;
          return outcome === null ? [] : [ended(service, outcome)];
        });
        const outcome = systemOutcome(stateOf(...ready(), ...drafts), deploy, SYSTEM);
        expect(outcome === null).toBe(outcomes.includes(null));
        if (outcome !== null) expect(outcome === 'verified').toBe(outcomes.every((each) => each === 'verified'));
        expect(OUTCOMES).toContain(outcome ?? 'verified');
      }),
    );
    expect(systemOutcome(stateOf(read('a'), leave('a'), leave('b'), leave('c')), deploy, SYSTEM)).toBeNull();
    expect(systemOutcome(stateOf(pick('a'), ended('a', 'verified'), leave('b'), leave('c')), deploy, SYSTEM)).toBe(
      'verified',
    );
  });

  it('reopening keeps verified services, and choosing again means reading again', () => {
    const after = [
      ...ready(),
      ended('a', 'verified'),
      ended('b', 'failed'),
      ended('c', 'verified'),
      step(DEPLOY, 'failed'),
    ];
    expect(undeployed(stateOf(...after, reopen(DEPLOY)), deploy, SYSTEM)).toEqual(['b']);
    const anew = stateOf(...after, reopen(CHOOSE), reopen(DEPLOY));
    expect(undecided(anew, choose, SYSTEM)).toEqual(['b']);
    expect(serviceState(anew, 'b')).toMatchObject({ releases: null, choice: null });
    expect(serviceState(anew, 'a').ended?.outcome).toBe('verified');
    expect(nextAction(anew, SYSTEM)).toMatchObject({ label: 'Read the releases of 1 service' });
  });
});
