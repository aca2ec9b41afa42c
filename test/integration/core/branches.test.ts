/** The ways out of a failed step, in drills: each has its own gate, commands and proof. */
import { describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { alternatives } from '#shared/incident/alternatives.ts';
import { allSteps, offeredBranches } from '#shared/incident/branches.ts';
import { durationText } from '#shared/words/duration.ts';
import { currentStep, nextAction } from '#shared/incident/next-action.ts';
import { stepState } from '#shared/incident/state.ts';
import type { Step } from '#shared/runbook/model.ts';
import type { StepKind } from '#shared/steps/kinds.ts';
import type { OpenCore } from '#core/core.ts';
import { undoCard } from '../../../electron/cli/wizard/undo-cards.ts';
import { virtualCore } from '../../fixtures/data-folder.ts';
import { stepsOf, take } from '../../fixtures/steering.ts';

async function drill(core: OpenCore, scenario: string, speed = 600): Promise<OpenIncident> {
  const { drills, incidents } = core.services;
  const id = await drills.start({ scenario, speed, actor: 'ann', intentId: ulid() });
  return await incidents.open(id);
}

const stateOf = ({ context }: OpenIncident) => context.eventLog.state;
const next = ({ context }: OpenIncident) => nextAction(context.eventLog.state, context.runbook);

/** Performs the primary action, which needs no input. */
async function go(incident: OpenIncident): Promise<void> {
  const action = next(incident);
  if (action.kind !== 'do') throw new Error(`nothing to do: ${action.label}`);
  await take(incident, action.intent);
}

function offered(incident: OpenIncident, kind: StepKind): Step {
  const { state } = incident.context.eventLog;
  const step = currentStep(state, incident.context.runbook);
  const found =
    step && offeredBranches(state, incident.context.runbook, step).find(({ branch }) => branch.kind === kind);
  if (found == null) throw new Error(`no branch ${kind} is offered`);
  return found.branch;
}

async function enter(incident: OpenIncident, kind: StepKind): Promise<Step> {
  const branch = offered(incident, kind);
  const stepId = currentStep(stateOf(incident), incident.context.runbook)?.id ?? '';
  await take(incident, { kind: 'take-branch', stepId, branchId: branch.id });
  return branch;
}

async function failedDeploy(core: OpenCore): Promise<OpenIncident> {
  const incident = await drill(core, 'image-gone');
  await go(incident);
  await take(incident, { kind: 'choose-release', stepId: stepsOf(incident).choose.id, version: 9, immediate: false });
  await go(incident);
  expect(stepState(stateOf(incident), stepsOf(incident).deploy.id).outcome).toBe('failed');
  return incident;
}

describe('a deploy whose image is gone', () => {
  it('keeps its known cause when its post-condition is looked at again', async () => {
    const incident = await failedDeploy(await virtualCore());
    const { deploy } = stepsOf(incident);
    const cause = [...stateOf(incident).runs.values()].findLast(({ effect }) => effect === 'change')?.explanation;
    expect(cause?.code).toBe('image-gone');
    const before = stepState(stateOf(incident), deploy.id).proof?.at;
    await take(incident, { kind: 'check-proof', stepId: deploy.id });
    const step = stepState(stateOf(incident), deploy.id);
    expect(step.proof?.at).not.toBe(before);
    expect(step).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining(cause?.sentence ?? '?') as string,
    });
  });

  it('is built from its git tag: the digest that the build made is what is proven', async () => {
    const core = await virtualCore();
    const incident = await failedDeploy(core);
    const branch = await enter(incident, 'build-release');
    expect(next(incident)).toMatchObject({ kind: 'ask', ask: 'values' });
    await expect(
      take(incident, { kind: 'give-values', stepId: branch.id, values: { GIT_TAG: 'v9; rm -rf /' } }),
    ).rejects.toMatchObject({ code: 'not-allowed' });
    const values = { CHECKOUT: '/home/ann/hotdash', WORKTREE: '/tmp/hotdash v9', GIT_TAG: 'v1.8.0' };
    await take(incident, { kind: 'give-values', stepId: branch.id, values });
    await go(incident);
    expect(stateOf(incident).branches.taken).not.toBeNull();
    await go(incident);
    const state = stateOf(incident);
    expect(state.branches).toMatchObject({ taken: null, built: { version: 11 } });
    expect(state.branches.built?.image).not.toBe(state.choice?.image);
    const proof = stepState(state, branch.id).proof;
    expect(proof).toMatchObject({ met: true, after: [{ version: 11, image: state.branches.built?.image }] });
    expect(stepState(state, stepsOf(incident).deploy.id)).toMatchObject({
      outcome: 'verified',
      reason: expect.stringContaining('git tag') as string,
    });
    // A value with spaces is one argument.
    const run = [...state.runs.values()].find(({ template }) => template.startsWith('git -C'));
    expect(run?.shown).toContain(`'/tmp/hotdash v9'`);
    expect(state.proofMetAt).not.toBeNull();
    const { markdown } = await core.services.reports.preview(incident.context.incidentId);
    expect(markdown).toContain('worktree add');
    expect(markdown).toContain('Build the version that worked from its git tag');
  });

  it('a tag that does not exist fails the branch, which can be left for the others', async () => {
    const incident = await failedDeploy(await virtualCore());
    const branch = await enter(incident, 'build-release');
    const values = { CHECKOUT: '/home/ann/hotdash', WORKTREE: '/tmp/wt', GIT_TAG: 'v99' };
    await take(incident, { kind: 'give-values', stepId: branch.id, values });
    await go(incident);
    expect(stepState(stateOf(incident), branch.id).outcome).toBe('failed');
    const ways = alternatives(stateOf(incident), incident.context.runbook, branch).map(({ id }) => id);
    expect(ways).toEqual(expect.arrayContaining(['retry', 'leave-branch']));
    // Chosen again, it asks for its values again.
    await take(incident, { kind: 'reopen-step', stepId: branch.id, reason: 'another tag' });
    expect(next(incident)).toMatchObject({ kind: 'ask', ask: 'values' });
    await take(incident, { kind: 'leave-branch', reason: 'no such tag' });
    expect(next(incident)).toMatchObject({ kind: 'decide', stepId: stepsOf(incident).deploy.id });
  });

  it('the dashboard counts only with what a person saw', async () => {
    const incident = await failedDeploy(await virtualCore());
    const branch = await enter(incident, 'dashboard');
    expect(next(incident)).toMatchObject({ kind: 'ask', ask: 'dashboard' });
    await take(incident, { kind: 'confirm-step', stepId: branch.id, observed: 'v9 on 2 of 2 machines' });
    expect(stepState(stateOf(incident), stepsOf(incident).deploy.id)).toMatchObject({
      outcome: 'confirmed',
      observed: 'v9 on 2 of 2 machines',
    });
    expect(stateOf(incident).proofMetAt).toBeNull();
  });

  it('a way that is not offered is refused', async () => {
    const incident = await failedDeploy(await virtualCore());
    const restore = allSteps(incident.context.runbook).find(({ kind }) => kind === 'restore-database')?.id ?? '';
    await expect(
      take(incident, { kind: 'take-branch', stepId: stepsOf(incident).deploy.id, branchId: restore }),
    ).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

describe('services that are healthy while the symptom remains', () => {
  it('are offered the issue that speaks of it, and the step is decided anew afterwards', async () => {
    const incident = await drill(await virtualCore(), 'app-rollback');
    await go(incident);
    await take(incident, { kind: 'choose-release', stepId: stepsOf(incident).choose.id, version: 9, immediate: false });
    await go(incident);
    await go(incident);
    await take(incident, { kind: 'symptom-remains', observed: 'approvals are still empty' });
    const branch = await enter(incident, 'task');
    expect(branch.title).toBe('Compare the environment');
    await go(incident);
    expect(stepState(stateOf(incident), branch.id).outcome).toBe('done');
    expect(stateOf(incident).branches.taken).toBeNull();
    expect(next(incident).kind).toBe('decide');
  });
});

async function failedSql(
  core: OpenCore,
): Promise<{ readonly incident: OpenIncident; readonly step: (kind: StepKind) => Step }> {
  const incident = await drill(core, 'db-sql-error');
  const step = (kind: StepKind): Step => {
    const found = allSteps(incident.context.runbook).find((each) => each.kind === kind);
    if (found === undefined) throw new Error(`no step ${kind}`);
    return found;
  };
  await go(incident);
  await take(incident, { kind: 'confirm-database', stepId: step('identify-database').id, typed: 'iondbx' });
  await go(incident);
  const sqlFile = 'rollbacks/20251013095800_agent_approvals.sql';
  const version = '20251013095800';
  await take(incident, { kind: 'choose-migration', stepId: step('choose-migration').id, version, sqlFile, reason: '' });
  const task = currentStep(stateOf(incident), incident.context.runbook);
  await take(incident, { kind: 'skip-step', stepId: task?.id ?? '', reason: 'drill' });
  await go(incident);
  await take(incident, { kind: 'record-approval', who: 'Mo', role: 'Manager', how: 'verbal', words: 'Go.' });
  await go(incident);
  expect(stepState(stateOf(incident), step('run-rollback-sql').id).outcome).toBe('failed');
  return { incident, step };
}

describe('SQL that fails', () => {
  it('is corrected by hand in one transaction; the rollback is offered once more, never run by itself', async () => {
    const { incident, step } = await failedSql(await virtualCore());
    const branch = await enter(incident, 'run-manual-sql');
    await take(incident, {
      kind: 'give-values',
      stepId: branch.id,
      values: { FIX_SQL: 'fixes/20251013_agent_id.sql' },
    });
    await go(incident);
    expect(stepState(stateOf(incident), branch.id)).toMatchObject({ outcome: 'verified', proof: { met: true } });
    expect(next(incident)).toMatchObject({ kind: 'decide', stepId: step('run-rollback-sql').id });
    await take(incident, { kind: 'reopen-step', stepId: step('run-rollback-sql').id, reason: 'tried once more' });
    await go(incident);
    expect(stepState(stateOf(incident), step('run-rollback-sql').id).outcome).toBe('verified');
  });

  it('is restored as the last of all ways: its own approval, a moment inside the window, proven by status and query', async () => {
    const core = await virtualCore();
    const { incident, step } = await failedSql(core);
    const ways = alternatives(stateOf(incident), incident.context.runbook, step('run-rollback-sql'));
    expect(ways.at(-1)?.intent).toMatchObject({ kind: 'take-branch', branchId: step('restore-database').id });
    const branch = await enter(incident, 'restore-database');
    expect(undoCard(incident, branch.id)).toBe('');
    await go(incident);
    const said = { who: 'Mo', role: 'Manager', how: 'verbal', words: 'Restore it.', reason: '', typed: '' };
    const choose = (to: string, more: object = {}) =>
      take(incident, { kind: 'choose-restore', stepId: branch.id, to: Date.parse(to), ...said, ...more });
    await expect(choose('2025-10-13T10:35:00Z')).rejects.toMatchObject({ message: expect.stringContaining('outside') });
    // The approval of the rollback does not count for the restore.
    await expect(choose('2025-10-13T09:50:00Z', { role: 'Engineer' })).rejects.toMatchObject({
      message: expect.stringContaining('its own approval by a manager'),
    });
    await choose('2025-10-13T09:50:00Z');
    const lossMs = stateOf(incident).branches.restoreTo?.lossMs ?? 0;
    expect(lossMs).toBeGreaterThan(45 * 60_000);
    const card = undoCard(incident, branch.id);
    expect(card).toContain('hotdashproductiondbx: now -> 2025-10-13 09:50 UTC');
    expect(card).toContain(`LOST: everything written in the ${durationText(lossMs)} before the choice, and since.`);
    expect(card).toContain('Approved by Mo (Manager, verbal): "Restore it."');
    await go(incident);
    const proof = stepState(stateOf(incident), branch.id).proof;
    expect(proof?.findings.map(({ rule, met }) => [rule, met])).toEqual([
      ['project-healthy', true],
      ['query-answers', true],
      ['went-back', true],
    ]);
    expect(stepState(stateOf(incident), step('run-rollback-sql').id).outcome).toBe('verified');
    const run = [...stateOf(incident).runs.values()].find(
      ({ effect, template }) => effect === 'change' && template.includes('restore'),
    );
    expect(run?.template).toContain('--remote=hotdashproductiondbx -t 1760349000 --yes');
  });
});
