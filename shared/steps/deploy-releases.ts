import { releaseName } from '#shared/platforms/release-name.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Intent } from '../incident/intent.ts';
import { hasUnjudgedChange, servicesOf, serviceState, undeployed } from '#shared/incident/services.ts';
import { ask, askApproval, change, checkProof, firstChange, needsApproval } from './action.ts';
import { chooseFirst } from './deploy-release.ts';
import { DEPLOY_HELP } from './help-on-failure.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** Like `deploy-release`, for several services: one after the other or in parallel, each proven by itself. */
export const deployReleases: StepKindDefinition = {
  lead: 'Each service has its own target and outcome; when one fails, the others can still be rolled back.',
  provenBy: 'rollbook',
  commands: 'as-written',
  deploys: 'several-services',
  takesServices: true,
  next: (state, runbook, step) => {
    const command = firstChange(step);
    if (command === undefined) return ask(step, `${step.title} by hand`, 'by-hand');
    if (needsApproval(state, runbook)) return askApproval(step);
    const open = undeployed(state, step, runbook);
    const [first] = open;
    const chosen = servicesOf(step, runbook).some((service) => serviceState(state, service).choice !== null);
    if (!chosen) return chooseFirst(state, runbook, step, 'choose-releases');
    if (first === undefined || open.some((service) => hasUnjudgedChange(state, step, service)))
      return checkProof(step, 'Check the post-conditions');
    const now = step.parallel === true ? open : [first];
    const targets = now.map((service) => `${nameOfChoice(state, service)} to ${service}`).join(', ');
    const place = step.parallel === true ? '' : ` (${open.length} of ${servicesOf(step, runbook).length} left)`;
    const intent: Intent = { kind: 'deploy-services', stepId: step.id, commandId: command.id, services: [...now] };
    return change(step, `Deploy ${targets}${place}`, intent);
  },
  endsWatch: true,
  ...DEPLOY_HELP,
};

function nameOfChoice(state: IncidentState, service: string): string {
  const { choice } = serviceState(state, service);
  return choice === null ? 'nothing' : releaseName(choice);
}
