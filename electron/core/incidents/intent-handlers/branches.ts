/** Intents about branches, about values that commands need, and about the moment a database is restored to. */
import { roleStrictness } from '#shared/incident/approval-policy.ts';
import { branchOf, offeredBranches } from '#shared/incident/branches.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import type { Draft } from '#shared/incident/event.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { currentStep } from '#shared/incident/next-action.ts';
import { refusalOf } from '#shared/incident/value-refusal.ts';
import { type Act, mustBeIdle, refuse, stepOf } from '../../engine/incident-context.ts';

type Said = Extract<Intent['kind'], 'take-branch' | 'leave-branch' | 'give-values' | 'choose-restore'>;

/** A manager's word, as approval-policy.ts counts it. */
const MANAGER = 2;

export const BRANCH_ACTS: { readonly [K in Said]: Act<K> } = {
  'take-branch': ({ eventLog, runbook }, { stepId, branchId }) => {
    const { state } = eventLog;
    mustBeIdle(state);
    const step = currentStep(state, runbook);
    const branch = branchOf(runbook, branchId);
    const offered = step?.id === stepId ? offeredBranches(state, runbook, step) : [];
    const why = offered.find((each) => each.branch.id === branchId)?.why;
    if (branch === undefined || why === undefined)
      throw refuse('That way is not offered in this step now.', 'Reload the incident and choose one that is.');
    const { title } = branch;
    const taken = { stepId, branchId, title, ends: definitionOf(branch).branch?.endsItsStep === true, why };
    return { drafts: [{ kind: 'branch.taken', payload: taken }] };
  },

  'leave-branch': ({ eventLog }, { reason }) => {
    const { taken } = eventLog.state.branches;
    mustBeIdle(eventLog.state);
    if (taken === null) throw refuse('No other way is being gone.', 'Reload the incident.');
    const { stepId, branchId, title } = taken;
    return { drafts: [{ kind: 'branch.left', payload: { stepId, branchId, title, reason } }] };
  },

  'give-values': (context, { stepId, values }) => {
    const { eventLog, runbook, outputs, secretsGiven } = context;
    mustBeIdle(eventLog.state);
    stepOf(context, stepId);
    const kept: Record<string, string | null> = {};
    for (const [name, given] of Object.entries(values)) {
      const variable = Object.hasOwn(runbook.settings.variables, name) ? runbook.settings.variables[name] : undefined;
      if (variable?.from !== 'prompt')
        throw refuse(`${name} is not asked for by this runbook.`, 'Reload the incident.');
      const value = given.trim();
      const refusal = refusalOf({ ...variable, name }, value);
      // What was typed for a secret is not repeated in a message either.
      if (refusal !== null) throw refuse(variable.secret ? `${name} does not fit.` : refusal, 'Correct it.');
      if (variable.secret) outputs.learn([value]);
      else if (outputs.redact(value) !== value)
        throw refuse(`${name} looks like a secret.`, 'Declare it with `secret: true`, then it is never stored.');
      if (variable.secret) secretsGiven.set(name, value);
      kept[name] = variable.secret ? null : value;
    }
    return { drafts: [{ kind: 'values.given', payload: { stepId, values: kept } }] };
  },

  'choose-restore': ({ eventLog, adapter }, intent) => {
    const { state } = eventLog;
    const { stepId, to, reason, typed } = intent;
    mustBeIdle(state);
    const { restore } = state.branches;
    if (restore?.stepId !== stepId) throw refuse('The moments were not read yet.', 'Read them first.');
    const { window, project, problem } = restore;
    if (window === null)
      throw refuse(`No moment of ${project} can be restored: ${problem ?? ''}`, 'Choose another way.');
    if (to < window.from || to > window.until) {
      const utc = (at: number): string => new Date(at).toISOString();
      throw refuse(
        `${utc(to)} is outside of what can be restored.`,
        `Give a moment from ${utc(window.from)} to ${utc(window.until)}.`,
      );
    }
    const approval = approvalOf(intent);
    if (approval === null && (reason.trim() === '' || typed.trim().length < 4 || !project.endsWith(typed.trim()))) {
      throw refuse(
        'A restore needs the approval of a manager of its own.',
        `Record it; or go on without: a reason, and the end of ${project}.`,
      );
    }
    const lossMs = Math.max(0, Math.round(adapter.clock.now() - to));
    const chosen: Draft = { kind: 'restore.chosen', payload: { stepId, project, to, lossMs, approval, reason } };
    return { drafts: [chosen] };
  },
};

/** null where nobody who may say so did. */
function approvalOf({ who, role, how, words }: Extract<Intent, { kind: 'choose-restore' }>) {
  const said = [who, role, how, words].every((part) => part.trim() !== '');
  return said && roleStrictness(role) >= MANAGER ? { who, role, how, words } : null;
}
