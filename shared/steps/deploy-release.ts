import { releaseName } from '#shared/platforms/release-name.ts';
import { serviceText } from '#shared/runbook/services.ts';
import { oneChange } from './action.ts';
import { chooseFirst } from './choose-first.ts';
import { DEPLOY_HELP } from './help-on-failure.ts';
import type { StepKindDefinition } from './step-kind.ts';

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
