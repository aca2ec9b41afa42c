/** Starts the same release again: what runs is on the timeline before the change, and has to run after it too. */
import { type Look, type Proven, postCondition } from '#shared/incident/outcome-contract.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import { stepState } from '#shared/incident/state.ts';
import { versionsText } from '#shared/incident/timeline-words.ts';
import type { Step } from '#shared/runbook/model.ts';
import { provesItself } from '#shared/runbook/services.ts';
import { hasChanged } from '#shared/steps/action.ts';
import { proofsOf } from '#shared/steps/proofs.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import { releasesOf } from '#core/platforms/releases.ts';
import type { StepEffects } from './step-effects.ts';
import { lookByCommands } from './task.ts';

type Running = PayloadOf<'release.running-read'>;

export const restartService: StepEffects = {
  lookBefore: async (context, step) => {
    await noteRunning(context, step);
    return null;
  },
  provenAfterLast: true,
  prove,
};

/** Puts what runs now on the timeline, where a proof after a crash finds it. Codes: those of the reads. */
async function noteRunning(context: IncidentContext, step: Step): Promise<void> {
  const { state } = context.eventLog;
  const { service } = state.declared;
  if (!provesItself(context.runbook, service)) return;
  // Before the second of several commands, what ran before the first one still counts.
  if (hasChanged(state, step) && stepState(state, step.id).ranBefore !== undefined) return;
  const found = await releasesOf(context, service).running(context, step, service);
  await context.eventLog.append(ROLLBOOK, [
    { kind: 'release.running-read', payload: { stepId: step.id, service, ...found } },
  ]);
}

/** The commands marked `proof`, and what the service declares with the release from before. Codes: those of the reads. */
async function prove(context: IncidentContext, step: Step): Promise<Proven> {
  const { service } = context.eventLog.state.declared;
  const own = proofsOf(step).length === 0 ? [] : (await lookByCommands(context, step)).findings;
  if (!provesItself(context.runbook, service)) {
    const why = `The runbook declares neither \`prove\` nor a health address for ${service || 'the service'}, so nothing proves that the restart worked.`;
    return own.length === 0 ? { kind: 'nothing', why } : await record(context, step, own);
  }
  const { ranBefore } = stepState(context.eventLog.state, step.id);
  // Each of several containers may be listed by itself.
  const releases = new Map(ranBefore?.running.map((each) => [identityOf(each), each]));
  const [release, other] = releases.values();
  if (ranBefore === undefined || release === undefined) {
    const why = 'What ran before the restart is not known, so nothing proves that the same release runs again.';
    return { kind: 'nothing', why };
  }
  if (other !== undefined) {
    const why = `${versionsText(ranBefore.running)} ran before the restart, so nothing says which of them has to run.`;
    return { kind: 'nothing', why };
  }
  const proof = await releasesOf(context, service).prove(context, step, null, {
    service,
    choice: { version: release.version ?? 0, image: identityOf(release), from: release },
    groups: ranBefore.groups ?? [],
  });
  return await record(context, step, [...proof.findings, ...own], proof);
}

/** A tag may be moved to another image, so the digest is what has to be the same where it is known. */
const identityOf = ({ image, digest }: Running['running'][number]): string =>
  digest === null || image.includes('@') ? image : `${image}@${digest}`;

async function record(
  { eventLog }: IncidentContext,
  step: Step,
  findings: Look[],
  { before, after }: Pick<PayloadOf<'proof.evaluated'>, 'before' | 'after'> = { before: [], after: [] },
): Promise<Proven> {
  const met = findings.every((finding) => finding.met);
  await eventLog.append(ROLLBOOK, [
    { kind: 'proof.evaluated', payload: { stepId: step.id, met, before, after, findings } },
  ]);
  return postCondition(findings);
}
