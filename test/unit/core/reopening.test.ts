/** What is reset when a step is reopened. */
import { describe, expect, it } from 'vitest';
import { reduce } from '#shared/incident/reduce.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import type { StepKind } from '#shared/steps/kinds.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import { planFor } from '#core/incidents/intent-handlers/table.ts';
import { bundledRunbook } from '../../fixtures/bundled-runbook.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';

const BUNDLED = bundledRunbook();
const ENDED = { outcome: 'done', reason: '', observed: null, dueAt: null } as const;

/** Every step of the procedure is over, and a watch is going on: the events that taking up its step of this kind leaves. */
function reopened(procedureId: string, kind: StepKind) {
  const steps = BUNDLED.procedures.find(({ id }) => id === procedureId)?.steps ?? [];
  const step = steps.find((each) => each.kind === kind);
  if (step === undefined) throw new Error(`${procedureId} has no step of kind ${kind}.`);
  const events = new IncidentEvents().add('procedure.chosen', { procedureId, reason: '' });
  for (const { id } of steps) events.add('step.ended', { stepId: id, ...ENDED });
  events.add('watch.started', { stepId: steps.at(-1)?.id ?? '', minutes: 30 });
  const state = reduce(events.events) as IncidentState;
  const context = { eventLog: { state }, runbook: BUNDLED } as unknown as IncidentContext;
  const { drafts } = planFor(context, { kind: 'reopen-step', stepId: step.id, reason: 'once more' }, 'ann');
  const later = steps.slice(steps.indexOf(step));
  const ids = drafts.flatMap((draft) => (draft.kind === 'step.reopened' ? [draft.payload.stepId] : []));
  return {
    withLater: ids.length > 1 && later.every(({ id }) => ids.includes(id)),
    alone: ids.join() === step.id,
    endsWatch: drafts.some((draft) => draft.kind === 'watch.ended'),
  };
}

describe('a step that is taken up again', () => {
  it.each([
    ['application-rollback', 'choose-release'],
    ['full-system-rollback', 'choose-releases'],
    ['database-rollback', 'identify-database'],
    ['database-rollback', 'choose-migration'],
  ] as const)('of %s, %s: those after it are too, and the watch ends', (procedure, kind) => {
    expect(reopened(procedure, kind)).toEqual({ withLater: true, alone: false, endsWatch: true });
  });

  it.each([
    ['application-rollback', 'deploy-release'],
    ['application-rollback', 'watch'],
    ['full-system-rollback', 'deploy-releases'],
    ['database-rollback', 'run-rollback-sql'],
  ] as const)('of %s, %s: it alone, and the watch ends', (procedure, kind) => {
    expect(reopened(procedure, kind)).toEqual({ withLater: false, alone: true, endsWatch: true });
  });

  it.each([
    ['application-rollback', 'confirm-effective'],
    ['database-rollback', 'dump-tables'],
    ['database-rollback', 'verify-database'],
    ['maintenance-mode', 'maintenance-on'],
  ] as const)('of %s, %s: it alone, and the watch goes on', (procedure, kind) => {
    expect(reopened(procedure, kind)).toEqual({ withLater: false, alone: true, endsWatch: false });
  });
});
