import { expect, it } from 'vitest';
import { reduce } from '#shared/incident/reduce.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { receiptOf } from '../../../renderer/features/wizard/receipt.ts';
import { unhealthyDrill, verifiedDrill } from '../../fixtures/incident-stories.ts';
import { RUNBOOK, STEPS } from '../../fixtures/runbook-model.ts';

const deploy = RUNBOOK.procedures.flatMap(({ steps }) => steps).find(({ id }) => id === STEPS.deploy)!;

it('says in one line what proved a deploy, and how long it took', () => {
  const receipt = receiptOf(reduce(verifiedDrill().events) as IncidentState, deploy);
  expect(receipt?.line).toMatch(/^v9 proven: 2 of 2 machines, 2 checks, 3 x HTTP 200, \d+:\d\d$/);
  expect(receipt?.details).toContain('All 2 machines have the target image.');
});

it('proves nothing where the post-condition was not met', () => {
  expect(receiptOf(reduce(unhealthyDrill().events) as IncidentState, deploy)).toBeNull();
});
