/** What must be done before the reads or the change of a step, by its kind. */
import { describe, expect, it } from 'vitest';
import type { Intent } from '#shared/incident/intent.ts';
import { reduce } from '#shared/incident/reduce.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import type { StepKind } from '#shared/steps/kinds.ts';
import { allSteps } from '#shared/incident/branches.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import { planFor } from '#core/incidents/intent-handlers/table.ts';
import { bundledRunbook } from '../../fixtures/bundled-runbook.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';

const BUNDLED = bundledRunbook();

/** Asks for a step of this kind, with an approval, where the database was not identified and nothing was chosen. */
function asked(kind: StepKind, what: 'run-reads' | 'run-change'): void {
  const step = allSteps(BUNDLED).find((each) => each.kind === kind);
  const command = step?.commands.find(({ effect }) => effect !== 'read');
  if (step === undefined) throw new Error(`The bundled runbook has no step of kind ${kind}.`);
  const events = new IncidentEvents({ severity: 'P0' });
  events.add('procedure.chosen', { procedureId: 'database-rollback', reason: '' });
  events.add('approval.recorded', { who: 'Lena', role: 'manager', how: 'phone', words: 'go', givenAt: 0 });
  const state = reduce(events.events) as IncidentState;
  const context = { eventLog: { state }, runbook: BUNDLED } as unknown as IncidentContext;
  const intent: Intent =
    what === 'run-reads'
      ? { kind: what, stepId: step.id }
      : { kind: what, stepId: step.id, commandId: command?.id ?? '' };
  planFor(context, intent, 'ann');
}

describe('while the database is not identified', () => {
  it.each(['choose-migration', 'dump-tables'] as const)('%s reads nothing', (kind) => {
    expect(() => asked(kind, 'run-reads')).toThrow('Nobody has confirmed yet which database');
  });

  it.each(['run-rollback-sql', 'run-manual-sql'] as const)('%s changes nothing', (kind) => {
    expect(() => asked(kind, 'run-change')).toThrow('Nobody has confirmed yet which database');
  });

  it('identifying it is not refused', () => {
    expect(() => asked('identify-database', 'run-reads')).not.toThrow();
  });
});

it('a database is not restored while no moment was chosen', () => {
  expect(() => asked('restore-database', 'run-change')).toThrow('No moment was chosen');
});

it('a release that was not chosen is not deployed', () => {
  expect(() => asked('deploy-release', 'run-change')).toThrow('No release was chosen');
});
