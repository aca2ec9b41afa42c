import { serviceState, undecided } from '#shared/incident/services.ts';
import { ask, read } from './action.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** Like `choose-release`, for several services. Each gets a release, or a reason to stay as it is. */
export const chooseReleases: StepKindDefinition = {
  lead: 'Reads the releases of every service and proposes the way back of each.',
  provenBy: 'person',
  commands: 'filled-in',
  choosesRelease: 'several-services',
  takesServices: true,
  next: (state, runbook, step) => {
    const open = undecided(state, step, runbook);
    const unread = open.every((service) => serviceState(state, service).releases === null);
    const count = open.length === 1 ? '1 service' : `${open.length} services`;
    return unread
      ? read(step, `Read the releases of ${count}`)
      : ask(step, `Choose a release for each of ${count}`, 'releases');
  },
  choice: {
    again: {
      id: 'other-release',
      label: 'Choose other releases for what is not verified',
      risk: 'An older release may not fit the present schema and secrets.',
    },
  },
};
