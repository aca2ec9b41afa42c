import { serviceText } from '#shared/runbook/services.ts';
import { runsOfStep } from '../incident/state.ts';
import type { Command } from '../runbook/model.ts';
import { askApproval, checkProof, needsApproval, runChange } from './action.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** Builds a release from the tag of a version that worked, and deploys it. */
export const buildRelease: StepKindDefinition = {
  lead: null,
  provenBy: 'rollbook',
  commands: 'as-written',
  next: (state, runbook, step) => {
    if (needsApproval(state, runbook)) return askApproval(step);
    const started = new Set(runsOfStep(state, step.id).map(({ commandId }) => commandId));
    const next = step.commands.find(({ id }) => !started.has(id));
    if (next === undefined) return checkProof(step);
    const builds = DEPLOYS.test(next.text);
    return runChange(
      step,
      next,
      builds ? `Build and deploy to ${serviceText(state.declared.service)}` : `Run ${next.text}`,
    );
  },
  branch: {
    recognises: (commands) => runs(commands, /^git (?:\S+ )*?worktree add\b/) && runs(commands, DEPLOYS),
    title: 'Build the version that worked from its git tag',
    risk: 'Takes minutes, and uses the configuration of that version; secrets and schema stay as they are now.',
    contract:
      'Verified like a deploy: every machine on the image that this build made, checks passing, health answering.',
    endsItsStep: true,
  },
};

const DEPLOYS = /^fly(?:ctl)? deploy\b/;

const runs = (commands: readonly Command[], what: RegExp): boolean => commands.some(({ text }) => what.test(text));
