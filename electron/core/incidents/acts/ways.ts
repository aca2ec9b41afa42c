/** Choosing the way: the row of the matrix, fixing forward, and the checklist before a rollback. */
import { checklistStanding } from '#shared/incident/checklist.ts';
import type { Draft } from '#shared/incident/event.ts';
import { factOfRow, mayFixForward, rowForSeverity } from '#shared/incident/matrix-row.ts';
import { activeRun } from '#shared/incident/state.ts';
import type { MatrixRow, Severity } from '#shared/runbook/model.ts';
import { type Act, mustBeIdle, refuse, type Scene } from '../scene.ts';

type Way = 'change-severity' | 'choose-row' | 'fix-forward' | 'defer-checklist';

export const WAYS: { readonly [K in Way]: Act<K> } = {
  'change-severity': (scene, { to, reason }) => {
    if (to === scene.journal.state.severity)
      throw refuse(`This incident is ${to} already.`, 'Choose another severity.');
    return { drafts: changed(scene, to, rowForSeverity(to, scene.journal.state, scene.runbook), reason) };
  },
  'choose-row': (scene, { line, reason }) => {
    const row = scene.runbook.matrix.rows.find((each) => each.line === line);
    if (row === undefined) throw refuse(`The matrix has no row at line ${line}.`, 'Choose one of its rows.');
    if (line === scene.journal.state.row?.line && row.severity === scene.journal.state.severity)
      throw refuse('This row holds already.', 'Choose another one.');
    return { drafts: changed(scene, row.severity, row, reason) };
  },
  'fix-forward': (scene, { reason }) => {
    const { state } = scene.journal;
    mustBeIdle(state);
    if (!mayFixForward(state.severity)) {
      const advice = 'Lower the severity first if it is not that bad, or resolve the incident as it is.';
      throw refuse(`A ${state.severity} is rolled back, not fixed forward.`, advice);
    }
    if (activeRun(state) !== null) throw refuse('A command is still running.', 'Wait for it, or stop it first.');
    return { drafts: [...watchLeft(scene), { kind: 'fix-forward.chosen', payload: { reason } }] };
  },
  'defer-checklist': ({ journal, runbook, adapter }, { reason, dueInMs }) => {
    const standing = checklistStanding(journal.state, runbook);
    const items = (standing?.items ?? []).filter(({ open }) => open).map(({ check }) => check.id);
    if (standing === null || items.length === 0)
      throw refuse('Nothing of the checklist is open.', 'Go on with the next step.');
    const dueAt = Math.round(adapter.clock.now() + dueInMs);
    return {
      drafts: [{ kind: 'checklist.deferred', payload: { checklistId: standing.checklist.id, items, reason, dueAt } }],
    };
  },
};

/** The severity and the row come together: a target that belongs to another severity would be a lie. */
function changed({ journal }: Scene, to: Severity, row: MatrixRow | null, reason: string): readonly Draft[] {
  const { severity, row: before } = journal.state;
  return [
    ...(to === severity ? [] : [{ kind: 'severity.changed', payload: { from: severity, to, reason } } as const]),
    ...(row === null || row.line === before?.line
      ? []
      : [{ kind: 'row.chosen', payload: { row: factOfRow(row), reason } } as const]),
  ];
}

function watchLeft({ journal }: Scene): readonly Draft[] {
  const { watch } = journal.state;
  if (watch === null || watch.endedAt !== null) return [];
  return [
    { kind: 'watch.ended', payload: { stepId: watch.stepId, completed: false, reason: 'it is fixed forward instead' } },
  ];
}
