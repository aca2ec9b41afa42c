/** A changing command of a step: the look before, the act, and the verdict after it. */
import { releasesFingerprint, sameButOwn } from '#shared/fly/releases.ts';
import type { FlyStatus } from '#shared/fly/status.ts';
import { postCondition, type Proven } from '#shared/incident/post-condition.ts';
import { runsOfStep } from '#shared/incident/state.ts';
import { isHeldByStop } from '#shared/incident/stopped-machines.ts';
import { proofsOf } from '#shared/runbook/proofs.ts';
import { RollbookError, toFailure } from '#shared/contract/result.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import type { Command, Step, StepKind } from '#shared/runbook/model.ts';
import { proveManualSql, runManualSql } from '#core/database/manual-sql.ts';
import { proveDatabase } from '#core/database/prove.ts';
import { proveRestore, runRestore } from '#core/database/restore.ts';
import { runRollbackSql } from '#core/database/rollback.ts';
import { besideProof } from './beside-proof.ts';
import { BUILD_ENVIRONMENT, proveBuild } from './build.ts';
import { lookByCommands } from './command-proof.ts';
import { heldTo } from './held-to.ts';
import { type Ran, runCommand } from './command-run.ts';
import { proveMachines, startMachines, stopMachines } from './machines.ts';
import { proveMaintenance } from './maintenance.ts';
import { proveRelease } from './proof.ts';
import { readReleases, readStatus } from './releases.ts';
import { besideChange } from './rollout.ts';
import { ROLLBOOK, type Scene } from './scene.ts';
import { rulesOfOthers, rulesOfStep } from './seen-output.ts';
import { judgeService, proveServices } from './system.ts';
import { breach, proven, type RanToEnd, toEnd, verdict } from './verdict.ts';

/** Runs one changing command and judges its step. Codes: `releases-changed`, `tool-missing` and other problems before it ran. */
export async function makeChange(scene: Scene, step: Step, command: Command, actor: string): Promise<void> {
  const own = OWN_CHANGES[step.kind];
  if (own !== undefined) return await judge(scene, step, toEnd(await own(scene, step, command, actor)), null);
  const before = step.kind === 'deploy-release' ? await lookAgain(scene, step) : null;
  const immediate = step.kind === 'deploy-release' && scene.journal.state.choice?.immediate === true;
  const extra = immediate ? ['--strategy', 'immediate'] : [];
  const environment = step.kind === 'build-release' ? () => BUILD_ENVIRONMENT : undefined;
  const run = () => runCommand(scene, step, { ...command, effect: 'change' }, actor, extra, environment);
  const looked = () => (command.tool === 'fly' ? besideChange(scene, run) : run());
  const ran = await besideProof(scene, step, command.usualMs, looked);
  await judge(scene, step, toEnd(ran), before);
}

/** Kinds that do not run their command as the runbook writes it. */
const OWN_CHANGES: Partial<
  Record<StepKind, (scene: Scene, step: Step, command: Command, actor: string) => Promise<Ran>>
> = {
  'run-rollback-sql': runRollbackSql,
  'run-manual-sql': runManualSql,
  'restore-database': runRestore,
  'stop-machines': stopMachines,
  'start-machines': startMachines,
};

/** Rule 1: the list is read again immediately before acting; if it changed since the pick, nothing is done. */
async function lookAgain(scene: Scene, step: Step): Promise<FlyStatus> {
  const releases = await readReleases(scene, step, ROLLBOOK);
  const { choice } = scene.journal.state;
  if (choice === null)
    throw new RollbookError('no-release', 'No release was chosen.', 'Choose the release to go back to.');
  const now = releasesFingerprint(releases);
  if (!sameButOwn(choice, releases, triesSincePick(scene))) {
    const newest = releases[0]?.version ?? null;
    // The pick no longer holds, so choosing is open again: an old list must not be picked from.
    await scene.journal.append(ROLLBOOK, [
      { kind: 'releases.changed', payload: { stepId: choice.stepId, was: choice.fingerprint, now, newest } },
    ]);
    throw new RollbookError(
      'releases-changed',
      `The releases of ${scene.journal.state.declared.service} changed since v${choice.version} was chosen: the newest is now v${newest}.`,
      'Find out who deployed, then read the releases and choose again. Nothing was deployed.',
    );
  }
  return await readStatus(scene, step, ROLLBOOK);
}

/** Changing commands since the release was picked: each may have left a release of its own, also when it failed. */
function triesSincePick({ journal }: Scene): number {
  const pick = journal.events.findLastIndex(({ kind }) => kind === 'release.chosen');
  return journal.events
    .slice(pick + 1)
    .filter(({ kind, payload }) => (kind === 'run.intended' || kind === 'run.by-hand') && isChange(payload)).length;
}

const isChange = (payload: unknown): boolean => (payload as { effect?: string } | null)?.effect === 'change';

/**
 * The verdict on a step whose changing command has ended, however it ended: exit rule, then post-condition.
 * The state is read after every ending, also after a stop, before anything else is offered.
 */
export async function judge(scene: Scene, step: Step, ran: RanToEnd, before: FlyStatus | null): Promise<void> {
  await scene.secrets?.ensure();
  if (step.kind === 'deploy-releases') return await judgeService(scene, step, ran, before);
  // Of a build only the last command makes something that could be proven.
  if (step.kind === 'build-release' && ran.exit.kind === 'code' && ran.exit.code === 0 && hasMore(scene, step)) return;
  const ended = heldTo(scene, step, ran);
  const goesOn = step.kind === 'task' && !ended.stopped && breach(ended) === null;
  if (goesOn && hasMore(scene, step)) return;
  const proof = await provenBy(scene, step, before);
  const { outcome, reason } = verdict(ended, proof, await rulesOfOthers(scene, step, ran.runId));
  // What only a person can see is still to be ticked; that the rest is proven is on record.
  if (goesOn && proof.kind === 'met' && step.checks.length > 0) return;
  await scene.journal.append(ROLLBOOK, [
    { kind: 'step.ended', payload: { stepId: step.id, outcome, reason, observed: null, dueAt: null } },
  ]);
}

/** A task with several commands is judged after its last one. */
function hasMore(scene: Scene, step: Step): boolean {
  const { state } = scene.journal;
  // Those of a try before the step was taken up again do not count.
  const started = new Set(runsOfStep(state, step.id).map(({ commandId }) => commandId));
  const proofs = proofsOf(step);
  return step.commands.some((command) => !started.has(command.id) && !proofs.includes(command));
}

const NOTHING_TO_PROVE: Proven = { kind: 'nothing', why: 'The runbook gives this step no post-condition.' };

const provenBy = async (scene: Scene, step: Step, before: FlyStatus | null): Promise<Proven> =>
  (await (proofsOf(step).length > 0 ? prove : PROOFS[step.kind])?.(scene, step, before)) ?? NOTHING_TO_PROVE;

/** One row per kind of step that has a post-condition of its own; a `task` has only what its runbook declares. */
const PROOFS: Partial<Record<Step['kind'], (scene: Scene, step: Step, before: FlyStatus | null) => Promise<Proven>>> = {
  'deploy-release': prove,
  'run-rollback-sql': prove,
  'verify-database': prove,
  'build-release': prove,
  'run-manual-sql': prove,
  'restore-database': prove,
  'maintenance-on': (scene, step) => proveMaintenance(scene, step, 'on'),
  'maintenance-off': (scene, step) => proveMaintenance(scene, step, 'off'),
  'stop-machines': (scene, step) => orUnknown(scene, () => proveMachines(scene, step, 'stop')),
  'start-machines': (scene, step) => orUnknown(scene, () => proveMachines(scene, step, 'start')),
};

/** True when there is something to look at by which the step can be judged again. */
export const canBeProven = (step: Step): boolean =>
  PROOFS[step.kind] !== undefined || step.kind === 'deploy-releases' || proofsOf(step).length > 0;

async function prove(scene: Scene, step: Step, before: FlyStatus | null): Promise<Proven> {
  return await orUnknown(scene, async () => {
    const payload = await look(scene, step, before);
    if (payload === null) return { kind: 'nothing', why: 'The file does not say what must be true afterwards.' };
    await scene.journal.append(ROLLBOOK, [{ kind: 'proof.evaluated', payload }]);
    return heldByStop(scene, step, payload) ?? postCondition(payload.findings);
  });
}

/** What could not be looked at is neither met nor unmet. */
async function orUnknown(scene: Scene, work: () => Promise<Proven>): Promise<Proven> {
  try {
    return await work();
  } catch (thrown) {
    // Rollbook is ending: the step stays open, so that the next start offers the proof.
    scene.letGo.throwIfAborted();
    return {
      kind: 'unknown',
      why: `The post-condition could not be checked. ${toFailure(thrown).message}`,
    };
  }
}

/** The image has arrived, on machines that stand since the fast stop: that is no failure, and no proof. */
function heldByStop(
  { journal: { state } }: Scene,
  step: Step,
  { findings }: PayloadOf<'proof.evaluated'>,
): Proven | null {
  const arrived = findings.some(({ rule, met }) => rule === 'target-image' && met);
  const { service } = state.declared;
  if (step.kind !== 'deploy-release' || !arrived || !isHeldByStop(state, service)) return null;
  return {
    kind: 'nothing',
    why: `Its image is on every machine of ${service}. They are stopped: start them, then it is proven.`,
  };
}

/** Null: there is nothing to look for, which the file itself could have said. */
async function look(scene: Scene, step: Step, before: FlyStatus | null): Promise<PayloadOf<'proof.evaluated'> | null> {
  switch (step.kind) {
    case 'task':
      return await lookByCommands(scene, step);
    case 'deploy-release':
      return await proveRelease(scene, step, before);
    case 'build-release':
      return await proveBuild(scene, step);
    case 'run-manual-sql':
      return await proveManualSql(scene, step);
    case 'restore-database':
      return await proveRestore(scene, step);
    default:
      return await proveDatabase(scene, step);
  }
}

/** The post-condition again, on a person's word; with the rules of its changes kept, a met one makes the step verified. */
export async function proveAgain(scene: Scene, step: Step): Promise<void> {
  if (step.kind === 'deploy-releases') return await proveServices(scene, step);
  const proof = await provenBy(scene, step, null);
  if (proof.kind === 'unknown')
    throw new RollbookError('environment', proof.why, 'Mend what it says, then check again.');
  const { outcome, reason: found } = proven(await rulesOfStep(scene, step), proof);
  const cause = outcome === 'verified' ? null : knownCause(scene, step);
  const reason = cause === null || found.includes(cause) ? found : `${cause} ${found}`;
  await scene.journal.append(ROLLBOOK, [
    { kind: 'step.ended', payload: { stepId: step.id, outcome, reason, observed: null, dueAt: null } },
  ]);
}

/** Why the newest change of the step failed, where that was explained: looking again takes nothing of it back. */
function knownCause({ journal: { state } }: Scene, step: Step): string | null {
  const runs = runsOfStep(state, step.id);
  return runs.findLast(({ effect }) => effect === 'change')?.explanation?.sentence ?? null;
}
