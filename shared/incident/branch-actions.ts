/** What comes next in a branch; rows of next-action.ts. */
import { wordToType } from '#shared/database/target.ts';
import type { Runbook, Step, StepKind } from '#shared/runbook/model.ts';
import { approvalNeed } from './approval-policy.ts';
import type { Ask, NextAction } from './next-action.ts';
import { type IncidentState, runsOfStep } from './state.ts';

type BranchKind = Extract<StepKind, 'build-release' | 'run-manual-sql' | 'restore-database' | 'dashboard'>;
type Rule = (state: IncidentState, runbook: Runbook, step: Step) => NextAction;

export const BRANCH_ACTIONS: Readonly<Record<BranchKind, Rule>> = {
  'build-release': (state, runbook, step) => {
    if (needsApproval(state, runbook)) return ask(step, 'Record the approval', 'approval');
    const started = new Set(runsOfStep(state, step.id).map(({ commandId }) => commandId));
    const next = step.commands.find(({ id }) => !started.has(id));
    if (next === undefined) return check(step, 'Check the post-condition');
    const building = /^fly(?:ctl)? deploy\b/.test(next.text);
    return change(step, next.id, building ? `Build and deploy to ${state.declared.service}` : `Run ${next.text}`);
  },

  'run-manual-sql': (state, runbook, step) => {
    const [command] = step.commands;
    if (command === undefined) return ask(step, 'Run the SQL by hand', 'by-hand');
    if (needsApproval(state, runbook)) return ask(step, 'Record the approval', 'approval');
    if (changed(state, step)) return check(step, 'Check what the file says');
    const { identified } = state.database;
    return change(
      step,
      command.id,
      `Run it on ${identified === null ? 'the database' : wordToType(identified.target)}`,
    );
  },

  'restore-database': (state, _runbook, step) => {
    const [command] = step.commands;
    const { restore, restoreTo } = state.branches;
    if (command === undefined) return ask(step, 'Restore it by hand', 'by-hand');
    if (restore?.stepId !== step.id) return read(step, 'Read which moments can be restored');
    if (changed(state, step)) return check(step, 'Check the project and ask the database');
    if (restoreTo === null) return ask(step, 'Choose the moment to go back to', 'restore');
    return change(step, command.id, `Restore ${restore.project}`);
  },

  dashboard: (_state, _runbook, step) => ask(step, 'Say what you saw there', 'dashboard'),
};

const needsApproval = (state: IncidentState, runbook: Runbook): boolean =>
  approvalNeed(state, runbook).standing === 'needed';

const changed = (state: IncidentState, step: Step): boolean =>
  runsOfStep(state, step.id).some(({ effect }) => effect === 'change');

const ask = (step: Step, label: string, what: Ask): NextAction => ({ kind: 'ask', stepId: step.id, label, ask: what });

const change = ({ id: stepId }: Step, commandId: string, label: string): NextAction => ({
  kind: 'do',
  stepId,
  label,
  intent: { kind: 'run-change', stepId, commandId },
  changes: true,
});

const read = ({ id: stepId }: Step, label: string): NextAction => ({
  kind: 'do',
  stepId,
  label,
  intent: { kind: 'run-reads', stepId },
  changes: false,
});

const check = ({ id: stepId }: Step, label: string): NextAction => ({
  kind: 'do',
  stepId,
  label,
  intent: { kind: 'check-proof', stepId },
  changes: false,
});
