/**
 * Intents that choose the response: the severity, the row of the matrix, fixing forward, and the checklist before a
 * rollback.
 */
import { checklistStanding } from '#shared/incident/checklist.ts';
import type { Draft } from '#shared/incident/event.ts';
import { factOfRow, mayFixForward, rowForSeverity } from '#shared/incident/matrix-row.ts';
import { activeRun } from '#shared/incident/state.ts';
import type { MatrixRow, Severity } from '#shared/runbook/model.ts';
import { type Act, type IncidentContext, mustBeIdle, refuse } from '#core/engine/incident-context.ts';
import { endedWatch } from './decisions.ts';

type Handled = 'change-severity' | 'choose-row' | 'fix-forward' | 'defer-checklist';

export const RESPONSE_HANDLERS: { readonly [K in Handled]: Act<K> } = {
  'change-severity': (context, { to, reason }) => {
    if (to === context.eventLog.state.severity)
      throw refuse(`This incident is ${to} already.`, 'Choose another severity.');
    return { drafts: changed(context, to, rowForSeverity(to, context.eventLog.state, context.runbook), reason) };
  },
  'choose-row': (context, { line, reason }) => {
    const row = context.runbook.matrix.rows.find((each) => each.line === line);
    if (row === undefined) throw refuse(`The matrix has no row at line ${line}.`, 'Choose one of its rows.');
    if (line === context.eventLog.state.row?.line && row.severity === context.eventLog.state.severity)
      throw refuse('This row holds already.', 'Choose another one.');
    return { drafts: changed(context, row.severity, row, reason) };
  },
  'fix-forward': (context, { reason }) => {
    const { state } = context.eventLog;
    mustBeIdle(state);
    if (!mayFixForward(state.severity)) {
      const advice = 'Lower the severity first if it is not that bad, or resolve the incident as it is.';
      throw refuse(`A ${state.severity} is rolled back, not fixed forward.`, advice);
    }
    if (activeRun(state) !== null) throw refuse('A command is still running.', 'Wait for it, or stop it first.');
    return {
      drafts: [
        ...endedWatch(context, 'it is fixed forward instead'),
        { kind: 'fix-forward.chosen', payload: { reason } },
      ],
    };
  },
  'defer-checklist': ({ eventLog, runbook, adapter }, { reason, dueInMs }) => {
    const standing = checklistStanding(eventLog.state, runbook);
    const items = (standing?.items ?? []).filter(({ open }) => open).map(({ check }) => check.id);
    if (standing === null || items.length === 0)
      throw refuse('Nothing of the checklist is open.', 'Go on with the next step.');
    const dueAt = Math.round(adapter.clock.now() + dueInMs);
    return {
      drafts: [{ kind: 'checklist.deferred', payload: { checklistId: standing.checklist.id, items, reason, dueAt } }],
    };
  },
};

/** Changes the severity and the row together, because the row has the target time of its severity. */
function changed({ eventLog }: IncidentContext, to: Severity, row: MatrixRow | null, reason: string): readonly Draft[] {
  const { severity, row: before } = eventLog.state;
  return [
    ...(to === severity ? [] : [{ kind: 'severity.changed', payload: { from: severity, to, reason } } as const]),
    ...(row === null || row.line === before?.line
      ? []
      : [{ kind: 'row.chosen', payload: { row: factOfRow(row), reason } } as const]),
  ];
}
