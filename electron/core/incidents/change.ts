/** A changing command of a step: the look before, the act, and the verdict after it. */
import { releasesFingerprint, sameButOwn } from '#shared/fly/releases.ts';
import type { FlyStatus } from '#shared/fly/status.ts';
import type { Outcome } from '#shared/incident/outcome.ts';
import { stepState } from '#shared/incident/state.ts';
import { RollbookError, toFailure } from '#shared/contract/result.ts';
import type { Command, Step, StepKind } from '#shared/runbook/model.ts';
import { proveDatabase } from '#core/database/prove.ts';
import { runRollbackSql } from '#core/database/rollback.ts';
import { type Ran, runCommand } from './command-run.ts';
import { proveRelease } from './proof.ts';
import { readReleases, readStatus } from './releases.ts';
import { ROLLBOOK, type Scene } from './scene.ts';

/** Runs one changing command and judges its step. Codes: `releases-changed`, `tool-missing` and other problems before it ran. */
export async function makeChange(scene: Scene, step: Step, command: Command, actor: string): Promise<void> {
  if (step.kind === 'run-rollback-sql')
    return await judge(scene, step, await runRollbackSql(scene, step, command, actor), null);
  const before = step.kind === 'deploy-release' ? await lookAgain(scene, step) : null;
  const immediate = step.kind === 'deploy-release' && scene.journal.state.choice?.immediate === true;
  const extra = immediate ? ['--strategy', 'immediate'] : [];
  const ran = await runCommand(scene, step, { ...command, effect: 'change' }, actor, extra);
  await judge(scene, step, ran, before);
}

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
export async function judge(
  scene: Scene,
  step: Step,
  ran: Pick<Ran, 'runId' | 'exit'>,
  before: FlyStatus | null,
): Promise<void> {
  const proof = PROVABLE.has(step.kind) ? await prove(scene, step, before) : NOTHING_TO_PROVE;
  const run = scene.journal.state.runs[ran.runId];
  const { outcome, reason } = verdict(ran, run?.stopAsked != null, run?.explanation?.sentence ?? null, proof);
  const more = step.kind === 'task' && outcome === 'unverified' && hasMore(scene, step);
  if (more) return;
  await scene.journal.append(ROLLBOOK, [
    { kind: 'step.ended', payload: { stepId: step.id, outcome, reason, observed: null, dueAt: null } },
  ]);
}

/** A task with several commands is judged after its last one. */
function hasMore(scene: Scene, step: Step): boolean {
  const { state } = scene.journal;
  // Those of a try before the step was taken up again do not count.
  const started = new Set(stepState(state, step.id).runs.map((id) => state.runs[id]?.commandId));
  return step.commands.some((command) => !started.has(command.id));
}

/** Steps with a post-condition that can be evaluated. */
export const PROVABLE: ReadonlySet<StepKind> = new Set<StepKind>([
  'deploy-release',
  'run-rollback-sql',
  'verify-database',
]);

type Proven = { readonly kind: 'met' } | { readonly kind: 'unmet' | 'unknown' | 'nothing'; readonly why: string };

const NOTHING_TO_PROVE: Proven = { kind: 'nothing', why: 'The runbook gives this step no post-condition.' };

async function prove(scene: Scene, step: Step, before: FlyStatus | null): Promise<Proven> {
  try {
    const payload = await (step.kind === 'deploy-release'
      ? proveRelease(scene, step, before)
      : proveDatabase(scene, step));
    await scene.journal.append(ROLLBOOK, [{ kind: 'proof.evaluated', payload }]);
    if (payload.met) return { kind: 'met' };
    return {
      kind: 'unmet',
      why: payload.findings
        .filter((finding) => !finding.met)
        .map((finding) => finding.detail)
        .join(' '),
    };
  } catch (thrown) {
    // Rollbook is ending: the step stays open, so that the next start offers the proof.
    scene.letGo.throwIfAborted();
    return {
      kind: 'unknown',
      why: `The post-condition could not be checked. ${scene.outputs.redact(toFailure(thrown).message)}`,
    };
  }
}

interface Verdict {
  readonly outcome: Outcome;
  readonly reason: string;
}

function verdict(ran: Pick<Ran, 'exit'>, stopped: boolean, explained: string | null, proof: Proven): Verdict {
  const about = proof.kind === 'met' ? 'The post-condition is met all the same.' : proof.why;
  if (ran.exit.kind === 'lost') return { outcome: 'interrupted', reason: `Nobody saw how the command ended. ${about}` };
  if (stopped) return { outcome: 'stopped', reason: `Stopped by a person. ${about}` };
  if (ran.exit.kind !== 'code' || ran.exit.code !== 0) {
    return { outcome: 'failed', reason: `${explained ?? describeExit(ran.exit)} ${about}` };
  }
  if (proof.kind === 'met') return { outcome: 'verified', reason: 'The post-condition is met.' };
  return { outcome: proof.kind === 'unmet' ? 'failed' : 'unverified', reason: proof.why };
}

const describeExit = (exit: Exclude<Ran['exit'], { kind: 'lost' }>): string =>
  exit.kind === 'code'
    ? `The command ended with exit code ${exit.code}.`
    : exit.kind === 'signal'
      ? `The command was ended by ${exit.signal}.`
      : `The command was stopped after ${Math.round(exit.afterMs / 1000)} s.`;

/** The post-condition again, on a person's word; a met one makes the step verified. */
export async function proveAgain(scene: Scene, step: Step): Promise<void> {
  const proof = await prove(scene, step, null);
  if (proof.kind === 'unknown')
    throw new RollbookError('environment', proof.why, 'Mend what it says, then check again.');
  const { outcome, reason }: Verdict =
    proof.kind === 'met'
      ? { outcome: 'verified', reason: 'The post-condition is met.' }
      : { outcome: 'failed', reason: proof.why };
  await scene.journal.append(ROLLBOOK, [
    { kind: 'step.ended', payload: { stepId: step.id, outcome, reason, observed: null, dueAt: null } },
  ]);
}
