import { releaseName } from '#shared/platforms/release-name.ts';
import { serviceText } from '#shared/runbook/services.ts';
import { oneChange, act, ask, type NextAction } from './action.ts';
import { DEPLOY_HELP } from './help-on-failure.ts';
import type { StepKindDefinition } from './step-kind.ts';
import { type IncidentState, procedureOf } from '../incident/state.ts';
import type { Runbook, Step } from '../runbook/model.ts';
import type { StepKind } from './kinds.ts';

const deploy = oneChange(
  ({ choice, declared }) =>
    `Deploy ${choice === null ? 'it' : releaseName(choice)} to ${serviceText(declared.service)}`,
);

/** Deploys the chosen release. Proven by the machines, their checks and the health address. */
export const deployRelease: StepKindDefinition = {
  lead: null,
  provenBy: 'rollbook',
  commands: 'as-written',
  deploys: 'one-service',
  next: (state, runbook, step) => {
    const next = deploy(state, runbook, step);
    return state.choice === null && next.kind === 'do' && next.changes
      ? chooseFirst(state, runbook, step, 'choose-release')
      : next;
  },
  endsWatch: true,
  ...DEPLOY_HELP,
};

/** For a deploy whose choice was skipped: reopens the step that chooses, or else deploys by hand. */
export function chooseFirst(state: IncidentState, runbook: Runbook, step: Step, choosing: StepKind): NextAction {
  const choose = procedureOf(state, runbook)?.steps.find(({ kind }) => kind === choosing);
  if (choose === undefined) return ask(step, 'Deploy by hand', 'by-hand');
  const reason = 'a release has to be chosen first';
  return act(step, 'Choose a release first', { kind: 'reopen-step', stepId: choose.id, reason });
}
