/** A live rollback from a git tag: a real repository and git, and a simulated fly as a program. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ulid } from 'ulid';
import { nextAction } from '#shared/incident/next-action.ts';
import { offeredBranches } from '#shared/incident/branches.ts';
import { stepState } from '#shared/incident/state.ts';
import { dataFolder, acceleratedCore } from '../../fixtures/data-folder.ts';
import { liveRunbook } from '../../fixtures/live-runbook.ts';
import { simulatedTools } from '../../fixtures/simulated-tools.ts';
import { stepsOf, take } from '../../fixtures/steering.ts';

const BRANCH = `
## Common issues

### Issue: the image cannot be deployed

**Symptoms**: \`fly deploy --image\` ends with an error

\`\`\`bash step=build-release effect=change exit=0 reject="^(?:fatal|Error|Usage):"
git -C "$CHECKOUT" worktree add "$WORKTREE" "$GIT_TAG"
fly deploy "$WORKTREE" -a "$SERVICE" -c "$WORKTREE/fly.toml" --remote-only --skip-release-command --dns-checks=false --yes
\`\`\`
It worked when the folder is at that tag, and the service answers:
\`\`\`bash proof expect=^$GIT_TAG$
git -C "$WORKTREE" describe --tags --exact-match
\`\`\`
\`\`\`bash proof within=60s timeout=15s
curl -fsS --max-time 10 "$HEALTH_URL"
\`\`\`
`;

const VARIABLES = `  GIT_TAG: { from: prompt, ask: "Git tag of the version that worked", pattern: '[\\w.\\/-]+' }
  CHECKOUT: { from: prompt, ask: "Whole path of your checkout", pattern: '/.*' }
  WORKTREE: { from: prompt, ask: "Whole path of a new folder", pattern: '/.*' }
matrix:`;

/** A repository whose tag v1.8.0 is one commit behind its branch. */
function repository(folder: string): {
  readonly checkout: string;
  readonly git: (...args: readonly string[]) => string;
} {
  const checkout = join(folder, 'hotdash checkout');
  mkdirSync(checkout);
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const who = ['-c', 'user.name=Ann', '-c', 'user.email=ann@hotdash.example'];
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', checkout, ...who, ...args], { encoding: 'utf8', env });
  git('init', '--quiet');
  const commit = (text: string): void => {
    writeFileSync(join(checkout, 'fly.toml'), text);
    git('add', '.');
    git('commit', '--quiet', '-m', text);
  };
  commit('app = "hotdash-agent-service"\n# good\n');
  git('tag', 'v1.8.0');
  commit('app = "hotdash-agent-service"\n# bad\n');
  return { checkout, git };
}

async function failedDeploy() {
  const tools = await simulatedTools('image-gone');
  const folder = dataFolder();
  const file = join(folder, 'live.md');
  writeFileSync(file, `${liveRunbook(tools.healthUrl).replace('matrix:', VARIABLES)}${BRANCH}`);
  const core = await acceleratedCore(join(folder, 'data'));
  const { runbooks, incidents } = core.services;
  const { hash } = await runbooks.importFile(file);
  await runbooks.trust(hash, 'ann');
  const row = (await runbooks.open(hash)).model.matrix.rows[0]?.line ?? null;
  const about = { runbook: hash, severity: 'P0', rowLine: row, title: 'Down', symptom: '503' } as const;
  const { detectedAt } = tools.scenario;
  const id = await incidents.declare(
    { intentId: ulid(), ...about, service: 'hotdash-agent-service', detectedAt },
    'ann',
  );
  const incident = await incidents.open(id);
  const { choose, deploy } = stepsOf(incident);
  await take(incident, { kind: 'run-reads', stepId: choose.id });
  await take(incident, { kind: 'choose-release', stepId: choose.id, version: 9, immediate: false });
  await take(incident, { kind: 'run-change', stepId: deploy.id, commandId: deploy.commands[0]?.id ?? '' });
  const { state } = incident.context.eventLog;
  expect(stepState(state, deploy.id).outcome).toBe('failed');
  const branch = offeredBranches(state, incident.context.runbook, deploy)[0]?.branch;
  if (branch === undefined) throw new Error('the build from a tag is offered');
  await take(incident, { kind: 'take-branch', stepId: deploy.id, branchId: branch.id });
  /** The primary action, as it is offered now. */
  const go = async (): Promise<void> => {
    const next = nextAction(incident.context.eventLog.state, incident.context.runbook);
    if (next.kind !== 'do') throw new Error(`nothing to do: ${next.label}`);
    await take(incident, next.intent);
  };
  return { tools, incident, folder, branch, deploy, go };
}

it('checks the tag out into a folder of its own, builds from there, and is proven by tag, image and health', async () => {
  const { tools, incident, folder, branch, deploy, go } = await failedDeploy();
  const { checkout, git } = repository(folder);
  const before = { head: git('rev-parse', 'HEAD'), status: git('status', '--porcelain') };
  const worktree = join(folder, 'the way back');
  const values = { CHECKOUT: checkout, WORKTREE: worktree, GIT_TAG: 'v1.8.0' };
  await take(incident, { kind: 'give-values', stepId: branch.id, values });
  await go();
  expect(readFileSync(join(worktree, 'fly.toml'), 'utf8')).toContain('# good');
  // The simulated builder cannot read a real folder; it is told the tag that the real git finds there.
  const tag = execFileSync('git', ['-C', worktree, 'describe', '--tags', '--exact-match'], { encoding: 'utf8' }).trim();
  tools.cloud.update((cloud) => ({ ...cloud, worktrees: { ...cloud.worktrees, [worktree]: tag } }));
  await go();

  const { state } = incident.context.eventLog;
  expect(stepState(state, branch.id).proof).toMatchObject({ met: true });
  expect(stepState(state, deploy.id)).toMatchObject({ outcome: 'verified' });
  expect(state.branches.built?.version).toBe(tools.cloud.read().releases.at(-1)?.version);
  const added = [...state.runs.values()].find(({ template }) => template.startsWith('git -C'));
  expect(added).toMatchObject({ exit: { kind: 'code', code: 0 } });
  expect(added?.binary).toMatch(/^\/.*git$/);
  // The person's checkout is unchanged.
  expect({ head: git('rev-parse', 'HEAD'), status: git('status', '--porcelain') }).toEqual(before);
});

it('a tag that the repository does not have fails, and nothing is deployed', async () => {
  const { tools, incident, folder, branch, go } = await failedDeploy();
  const releases = tools.cloud.read().releases.length;
  const { checkout } = repository(folder);
  const worktree = join(folder, 'nowhere');
  const values = { CHECKOUT: checkout, WORKTREE: worktree, GIT_TAG: 'v99' };
  await take(incident, { kind: 'give-values', stepId: branch.id, values });
  await go();
  const { state } = incident.context.eventLog;
  expect(stepState(state, branch.id).outcome).toBe('failed');
  const tried = [...state.runs.values()].filter(({ template }) => template.startsWith('git -C'));
  expect(tried.map(({ excerpt }) => excerpt)).toEqual([expect.stringContaining('v99')]);
  expect(existsSync(worktree)).toBe(false);
  expect(tools.cloud.read().releases).toHaveLength(releases);
});
