import { describe, expect, it } from 'vitest';
import { alternatives } from '#shared/incident/alternatives.ts';
import type { IncidentEvent } from '#shared/incident/event.ts';
import { intentSchema } from '#shared/incident/intent.ts';
import { currentStep, nextAction } from '#shared/incident/next-action.ts';
import type { NextAction } from '#shared/steps/action.ts';
import { OUTCOME_MEANING, OUTCOMES } from '#shared/incident/step-outcomes.ts';
import { reduce } from '#shared/incident/reduce.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { incidentOutcome } from '#shared/incident/incident-outcome.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';
import { byHandIncident, chosen, proof, unhealthyDrill, verifiedDrill } from '../../fixtures/incident-stories.ts';
import { APP, DATABASE, DEPLOY_COMMAND, RUNBOOK, STEPS } from '../../fixtures/runbook-model.ts';

const stateOf = (events: readonly IncidentEvent[]): IncidentState => reduce(events) as IncidentState;
const nextOf = (events: readonly IncidentEvent[]): NextAction => nextAction(stateOf(events), RUNBOOK);
const word = (action: NextAction): string =>
  action.kind === 'do' ? action.intent.kind : action.kind === 'ask' ? `ask ${action.ask}` : action.kind;

const ended = (stepId: string, outcome: (typeof OUTCOMES)[number]) =>
  ({ stepId, outcome, reason: '', observed: null, dueAt: null }) as const;

/** An incident that stands before its deploy. */
const beforeDeploy = (severity: 'P0' | 'P1'): IncidentEvents =>
  new IncidentEvents({ severity })
    .add('procedure.chosen', { procedureId: APP, reason: '' })
    .add('step.ended', ended(STEPS.notify, 'deferred'))
    .add('release.chosen', chosen())
    .add('step.ended', ended(STEPS.choose, 'done'));

describe('the next action', () => {
  it('walks a whole drill with exactly one action at each moment', () => {
    const { events } = verifiedDrill();
    const words = events.map((_, index) => word(nextOf(events.slice(0, index + 1))));
    const path = words.filter((each, index) => each !== words[index - 1]);
    expect(path).toEqual([
      'ask procedure',
      'ask checks',
      'run-reads',
      'wait',
      'run-reads',
      'ask release',
      'run-change',
      'wait',
      'check-proof',
      'run-reads',
      'start-watch',
      'wait',
      'start-watch',
      'ask resolve',
      'finished',
    ]);
  });

  it.each([verifiedDrill, unhealthyDrill, byHandIncident])('offers only intents that the core can read', (story) => {
    const { events } = story();
    const offered = events.flatMap((_, index) => {
      const action = nextOf(events.slice(0, index + 1));
      return action.kind === 'do' ? [action.intent] : [];
    });
    expect(offered.length).toBeGreaterThan(0);
    for (const intent of offered) expect(intentSchema.parse(intent)).toEqual(intent);
  });

  it('asks for the approval before it offers a change, and says which ones change', () => {
    const asking = beforeDeploy('P1');
    expect(word(nextOf(asking.events))).toBe('ask approval');
    asking.add('approval.bypassed', { reason: 'asleep', typed: 'x' });
    expect(nextOf(asking.events)).toMatchObject({
      kind: 'do',
      changes: true,
      intent: { kind: 'run-change', commandId: DEPLOY_COMMAND },
    });
    expect(nextOf(beforeDeploy('P0').events)).toMatchObject({ kind: 'do', changes: true });
  });

  it('treats a command of unknown effect as a change', () => {
    const story = new IncidentEvents()
      .add('procedure.chosen', { procedureId: DATABASE, reason: '' })
      .add('step.ended', ended(`${DATABASE}/dump`, 'done'));
    expect(word(nextOf(story.events))).toBe('ask approval');
    story.add('approval.recorded', { who: 'M', role: 'manager', how: 'phone', words: 'go', givenAt: 0 });
    expect(nextOf(story.events)).toMatchObject({ kind: 'do', changes: true });
  });

  it('never offers the same change twice without a decision', () => {
    const run = {
      runId: 'c',
      stepId: STEPS.deploy,
      commandId: DEPLOY_COMMAND,
      effect: 'change',
      shown: 'fly deploy',
    } as const;
    const story = beforeDeploy('P0').run(run);
    expect(word(nextOf(story.events))).toBe('check-proof');
    // The program died between the proof and the end of the step.
    expect(word(nextOf(story.add('proof.evaluated', proof(false)).events))).toBe('check-proof');
    expect(word(nextOf(story.add('step.reopened', { stepId: STEPS.deploy, reason: 'again' }).events))).toBe(
      'run-change',
    );
  });

  it.each(OUTCOMES.filter((outcome) => !OUTCOME_MEANING[outcome].goesOn))(
    'has a %s step decided by a person',
    (outcome) => {
      const story = beforeDeploy('P0').add('step.ended', ended(STEPS.deploy, outcome));
      expect(nextOf(story.events)).toMatchObject({ kind: 'decide', stepId: STEPS.deploy });
    },
  );

  it.each(OUTCOMES.filter((outcome) => OUTCOME_MEANING[outcome].goesOn))('goes on after a %s step', (outcome) => {
    const story = beforeDeploy('P0').add('step.ended', ended(STEPS.deploy, outcome));
    expect(currentStep(stateOf(story.events), RUNBOOK)?.id).toBe(STEPS.confirm);
  });
});

describe('alternatives of a failed deploy', () => {
  const state = stateOf(unhealthyDrill().events);
  const step = currentStep(state, RUNBOOK);
  const offered = step === null ? [] : alternatives(state, RUNBOOK, step);

  it('offers the check first, then another release, another try, the dashboard, another procedure', () => {
    expect(offered.map(({ id }) => id)).toEqual([
      'check-again',
      'other-release',
      'retry',
      'branch:dashboard/fly',
      `procedure:${DATABASE}`,
    ]);
  });

  it('states the risk of each, and starts no change by itself', () => {
    for (const { risk, intent } of offered) {
      expect(risk).not.toBe('');
      expect(intent?.kind).not.toBe('run-change');
      if (intent !== null) expect(intentSchema.parse(intent)).toEqual(intent);
    }
  });
});

describe('the outcome of an incident', () => {
  it.each([
    ['verified', verifiedDrill],
    ['failed', unhealthyDrill],
    // Proven, but a deferred step is still open.
    ['unverified', byHandIncident],
  ] as const)('%s', (outcome, story) => {
    expect(incidentOutcome(stateOf(story().events), RUNBOOK)).toBe(outcome);
  });

  it('is verified once what was deferred is settled', () => {
    const story = byHandIncident().add('deferred.settled', { what: STEPS.notify, how: 'done', reason: '' });
    expect(incidentOutcome(stateOf(story.events), RUNBOOK)).toBe('verified');
  });

  it('is never verified before the watch is over', () => {
    const { events } = verifiedDrill();
    const done = events.findIndex((event) => event.kind === 'step.ended' && event.payload?.stepId === STEPS.watch);
    for (let count = 1; count <= done; count += 1) {
      expect(incidentOutcome(stateOf(events.slice(0, count)), RUNBOOK)).toBe('unverified');
    }
  });

  it.each(['failed', 'interrupted', 'stopped'] as const)(
    'is %s when a step is, even if the rollback was effective',
    (outcome) => {
      const story = verifiedDrill().add('step.ended', ended(STEPS.watch, outcome));
      expect(incidentOutcome(stateOf(story.events), RUNBOOK)).toBe(outcome);
    },
  );
});
