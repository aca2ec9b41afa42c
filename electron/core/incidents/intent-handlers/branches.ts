/** Intents about branches (ways out of a failed step) and about values for variables. */
import { branchOf, offeredBranches } from '#shared/incident/branches.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { currentStep } from '#shared/incident/next-action.ts';
import { refusalOf } from '#shared/incident/value-refusal.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { type Act, mustBeIdle, refuse, stepOf } from '#core/engine/incident-context.ts';

type Handled = Extract<Intent['kind'], 'take-branch' | 'leave-branch' | 'give-values'>;

export const BRANCH_HANDLERS: { readonly [K in Handled]: Act<K> } = {
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
      // The message must not repeat a secret.
      if (refusal !== null) throw refuse(variable.secret ? `${name} does not fit.` : refusal, 'Correct it.');
      if (variable.secret) outputs.learn([value]);
      else if (outputs.redact(value) !== value)
        throw refuse(`${name} looks like a secret.`, 'Declare it with `secret: true`, then it is never stored.');
      if (variable.secret) secretsGiven.set(name, value);
      kept[name] = variable.secret ? null : value;
    }
    return { drafts: [{ kind: 'values.given', payload: { stepId, values: kept } }] };
  },
};
