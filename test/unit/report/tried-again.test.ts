/** Only what failed and was repeated was tried again. */
import { expect, it } from 'vitest';
import { IncidentEvents } from '../../fixtures/incident-events.ts';
import { STEPS } from '../../fixtures/runbook-model.ts';
import { jsonOf } from './report-of.ts';

const stepId = STEPS.deploy;
const reading = { stepId, commandId: 'releases', effect: 'read', shown: 'fly releases' } as const;
const deploy = { stepId, commandId: 'deploy', effect: 'change', shown: 'fly deploy' } as const;
const ended = { stepId, outcome: 'verified', reason: '', observed: null, dueAt: null } as const;

const outcomes = (incident: IncidentEvents): readonly unknown[] =>
  jsonOf(incident.events).runs.map((run) => run.outcome);

it('a reading repeated before the change is not a failed try', () => {
  const incident = new IncidentEvents()
    .run({ ...reading, runId: '1' })
    .run({ ...reading, runId: '2' })
    .run({ ...deploy, runId: '3' })
    .add('step.ended', ended);
  expect(outcomes(incident)).toEqual(['verified', 'verified', 'verified']);
});

it('a reading and a change that failed and were repeated are', () => {
  const incident = new IncidentEvents()
    .run({ ...reading, runId: '1' }, 1)
    .run({ ...reading, runId: '2' })
    .run({ ...deploy, runId: '3' }, 1)
    .run({ ...deploy, runId: '4' })
    .add('step.ended', ended);
  expect(outcomes(incident)).toEqual(['tried again', 'verified', 'tried again', 'verified']);
});

it('a change that succeeded, has no outcome and is repeated was run again', () => {
  const incident = new IncidentEvents()
    .run({ ...deploy, runId: '1' })
    .run({ ...deploy, runId: '2' })
    .add('step.ended', ended);
  expect(outcomes(incident)).toEqual(['run again', 'verified']);
});
