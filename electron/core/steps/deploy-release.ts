/**
 * Deploys the chosen release: checks the list of releases just before, and proves it, also when the machines are stopped.
 */
import type { Proven } from '#shared/incident/outcome-contract.ts';
import { isHeldByStop } from '#shared/incident/service-down.ts';
import type { Step } from '#shared/runbook/model.ts';
import { type IncidentContext, ROLLBOOK, refuse } from '#core/engine/incident-context.ts';
import { changesSince } from '#core/platforms/choice.ts';
import { releasesOf } from '#core/platforms/releases.ts';
import type { LookAgain, StateBefore } from '#core/platforms/release-platform.ts';
import { declaredTarget } from '#core/engine/values.ts';
import type { StepEffects } from './step-effects.ts';

export const deployRelease: StepEffects = {
  gates: {
    run: ({ eventLog }) => {
      if (eventLog.state.choice === null)
        throw refuse('No release was chosen yet.', 'Choose the release to go back to.');
    },
  },
  lookBefore,
  extraArguments: (context) => {
    const { choice, declared } = context.eventLog.state;
    return releasesOf(context, declared.service).changeArguments(choice);
  },
  look: (context, step, before) => {
    const target = declaredTarget(context.eventLog.state);
    return releasesOf(context, target.service).prove(context, step, before, target);
  },
  inconclusive: ({ eventLog: { state } }, { findings }): Proven | null => {
    const arrived = findings.some(({ rule, met }) => rule === 'target-image' && met);
    const { service } = state.declared;
    if (!arrived || !isHeldByStop(state, service)) return null;
    return {
      kind: 'nothing',
      why: `Its image is on every machine of ${service}. They are stopped: start them, then it is proven.`,
    };
  },
};

/** Reads the list again just before the deploy, which is refused if it changed since the choice (product rule 1). */
async function lookBefore(context: IncidentContext, step: Step): Promise<StateBefore> {
  const { choice, declared } = context.eventLog.state;
  const tries = changesSince(context, ({ kind }) => kind === 'release.chosen').length;
  const { service } = declared;
  const changed: LookAgain['changed'] = async (now, newest) => {
    // Reopens the choice, because a person must not choose from an old list.
    const { stepId = step.id, fingerprint: was = '' } = choice ?? {};
    const label = newest?.label === undefined ? {} : { newestLabel: newest.label };
    const payload = { stepId, was, now, newest: newest?.version ?? null, ...label };
    await context.eventLog.append(ROLLBOOK, [{ kind: 'releases.changed', payload }]);
  };
  return await releasesOf(context, service).mustBeUnchanged(context, step, { service, choice, tries, changed });
}
