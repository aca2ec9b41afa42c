/** A restart is proven by the release that ran before it and runs again, and by what the service declares. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { offeredBranches } from '#shared/incident/branches.ts';
import { nextAction } from '#shared/incident/next-action.ts';
import { stepState } from '#shared/incident/state.ts';
import { answering, commandLine } from '../../fixtures/command-line.ts';
import { acceleratedCore, dataFolder } from '../../fixtures/data-folder.ts';
import { type FakePrograms, fakePrograms } from '../../fixtures/fake-programs.ts';
import { PLATFORM_STORIES } from '../../fixtures/platforms/programs.ts';
import { nextEvent, send, stepsOf, take } from '../../fixtures/steering.ts';
import { declareBy } from '../../fixtures/trusted-incident.ts';

const bookOf = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/platforms/${name}`, import.meta.url)), 'utf8');

const ISSUE = `
## Issue: the rollback fails

**Symptoms**: kubectl does not find the revision

\`\`\`bash
kubectl rollout restart deployment/shop
\`\`\`
`;

const stateOf = ({ context }: OpenIncident) => context.eventLog.state;

/** A rollback on Kubernetes whose undo is refused, and the restart that an issue offers for it, taken. */
async function atTheRestart(book = `${bookOf('kubernetes.md')}${ISSUE}`) {
  const { programs, history } = PLATFORM_STORIES['Kubernetes'] ?? { programs: {}, history: '' };
  const fake = fakePrograms(programs);
  fake.set('history', history);
  fake.set('undo-fails', '');
  const folder = dataFolder();
  const core = await acceleratedCore(folder);
  const id = await declareBy(core, folder, book, { service: 'shop' });
  const incident = await core.services.incidents.open(id);
  const { choose, deploy } = stepsOf(incident);
  const [procedure] = incident.context.runbook.procedures;
  await take(incident, { kind: 'choose-procedure', procedureId: procedure?.id ?? '', reason: 'only one' });
  await take(incident, { kind: 'run-reads', stepId: choose.id });
  await take(incident, { kind: 'choose-release', stepId: choose.id, version: 2, immediate: false });
  await take(incident, { kind: 'run-change', stepId: deploy.id, commandId: deploy.commands[0]?.id ?? '' });
  expect(stepState(stateOf(incident), deploy.id).outcome).toBe('failed');
  const branch = offeredBranches(stateOf(incident), incident.context.runbook, deploy)[0]?.branch;
  if (branch === undefined) throw new Error('the restart is offered');
  await take(incident, { kind: 'take-branch', stepId: deploy.id, branchId: branch.id });
  return { fake, folder, core, id, incident, branch };
}

async function restarted(before: (fake: FakePrograms) => void = () => undefined, book?: string) {
  const { fake, incident, branch } = await atTheRestart(book);
  before(fake);
  const next = nextAction(stateOf(incident), incident.context.runbook);
  if (next.kind !== 'do') throw new Error(`nothing to do: ${next.label}`);
  expect(next).toMatchObject({ label: 'Run kubectl rollout restart deployment/shop', changes: true });
  await take(incident, next.intent);
  return { fake, incident, ended: stepState(stateOf(incident), branch.id) };
}

describe('a restart on Kubernetes', () => {
  it('is verified when the same image runs again and what the runbook declares holds', async () => {
    const { fake, incident, ended } = await restarted();
    expect(ended).toMatchObject({ outcome: 'verified', proof: { met: true } });
    expect(ended.proof?.findings).toEqual([
      { rule: 'release-running', met: true, detail: 'What runs now is shop:1.2.' },
      expect.objectContaining({ rule: 'proof-1', met: true }),
    ]);
    // What runs is read before the restart.
    const kinds = incident.context.eventLog.envelopes.map(({ kind }) => kind);
    const calls = fake.calls().filter((call) => !call.endsWith('--version'));
    expect(calls[calls.indexOf('kubectl rollout restart deployment/shop') - 1]).toBe(
      'kubectl get deployment shop -o json',
    );
    expect(kinds.lastIndexOf('release.running-read')).toBeLessThan(kinds.lastIndexOf('proof.evaluated'));
  });

  it('fails when another image runs afterwards, although the command and the declared proof succeed', async () => {
    const { ended } = await restarted(({ set }) => set('moved', 'shop:1.3'));
    expect(ended).toMatchObject({ outcome: 'failed' });
    expect(ended.reason).toContain('What runs now is shop:1.3, not shop:1.2.');
  });

  it('fails when what the runbook declares does not hold, whatever its exit code said', async () => {
    const { ended } = await restarted(({ set }) => set('stuck', ''));
    expect(ended).toMatchObject({ outcome: 'failed' });
    expect(ended.reason).toContain('`kubectl rollout status deployment/shop --timeout=10s`: ');
  });

  it('is unverified when several images ran before', async () => {
    const book = `${bookOf('kubernetes.md').replace('deployment shop -o json\n      read:\n        json:', 'replicasets -l app=shop -o json\n      read:\n        json:\n          at: items')}${ISSUE}`;
    const { ended } = await restarted(undefined, book);
    expect(ended).toMatchObject({ outcome: 'unverified' });
    expect(ended.reason).toContain('ran before the restart, so nothing says which');
  });

  it('is unverified when the service declares neither prove nor a health address', async () => {
    const book = bookOf('compose.md').replace(/ {4}prove:\n.*\n/, '');
    expect(book).not.toContain('prove:');
    const steps = book.replace(
      /1\. \*\*Choose[\s\S]*$/,
      '1. **Restart**\n   ```bash step=restart-service\n   docker compose restart shop\n   ```\n',
    );
    fakePrograms(PLATFORM_STORIES['Docker Compose']?.programs ?? {}).set('history', '1 2.0.1 a\n');
    const folder = dataFolder();
    const core = await acceleratedCore(folder);
    const incident = await core.services.incidents.open(await declareBy(core, folder, steps, { service: 'shop' }));
    const [procedure] = incident.context.runbook.procedures;
    const [restart] = procedure?.steps ?? [];
    if (procedure === undefined || restart === undefined) throw new Error('one step');
    await take(incident, { kind: 'choose-procedure', procedureId: procedure.id, reason: 'only one' });
    await take(incident, { kind: 'run-change', stepId: restart.id, commandId: restart.commands[0]?.id ?? '' });
    expect(stepState(stateOf(incident), restart.id)).toMatchObject({ outcome: 'unverified', proof: null });
    expect(stepState(stateOf(incident), restart.id).reason).toContain('neither `prove` nor a health address');
  });

  it.each([
    ['the same image', null, 'verified'],
    ['another image', 'shop:1.3', 'failed'],
  ])('that outlived Rollbook and left %s is judged by what ran before it', async (_what, moved, outcome) => {
    const { fake, folder, core, id, incident, branch } = await atTheRestart();
    const fifo = join(fake.folder, 'held');
    execFileSync('mkfifo', [fifo]);
    if (moved !== null) fake.set('moved', moved);
    const started = nextEvent(incident, ({ kind, payload }) => {
      const { runId = '' } = payload as { runId?: string };
      return kind === 'run.started' && stateOf(incident).runs.get(runId)?.effect === 'change';
    });
    await send(incident, { kind: 'run-change', stepId: branch.id, commandId: branch.commands[0]?.id ?? '' });
    await started;
    await core.close();

    const again = await (await acceleratedCore(folder)).services.incidents.open(id);
    const judged = nextEvent(again, ({ kind }) => kind === 'act.ended');
    await again.steer();
    appendFileSync(fifo, 'go\n');
    await judged;
    expect(stepState(stateOf(again), branch.id).outcome).toBe(outcome);
    // Read once, before the restart, and not after it.
    const reads = again.context.eventLog.envelopes.filter(({ kind }) => kind === 'release.running-read');
    expect(reads).toHaveLength(1);
  });
});

describe('a restart with Docker Compose, in a terminal', () => {
  async function inTerminal(before: (fake: FakePrograms) => void = () => undefined) {
    const fake = fakePrograms(PLATFORM_STORIES['Docker Compose']?.programs ?? {});
    fake.set('history', '1 2.0.3 c\n');
    before(fake);
    const line = commandLine();
    copyFileSync(
      fileURLToPath(new URL('../../fixtures/platforms/compose-restart.md', import.meta.url)),
      join(line.cwd, 'runbook.md'),
    );
    return await line.run(
      ['run', 'runbook.md', '--trust', '--row', '1'],
      answering([
        { to: 'What now?', type: null },
        { to: '? Enter does it', type: '' },
        { to: 'Is it gone?', type: '1' },
        { to: 'What do you see', type: 'the shop sells' },
        { to: 'Resolve the incident with one sentence', type: 'Restarted.' },
      ]),
    );
  }

  it('has its card, and is verified', async () => {
    const said = await inTerminal();
    expect(said.out).toContain('Runs: docker compose restart shop');
    expect(said.out).toContain('Undo: a restart cannot be undone; it keeps the release');
    expect(said.out).toContain('Proof: what runs now runs again; docker compose ps --format json');
    expect(said.out).toContain('Restart the shop proven: What runs now is 2.0.3');
    expect(said.code).toBe(0);
  });

  it('is verified when several containers run the one release', async () => {
    const said = await inTerminal(({ folder }) => {
      const docker = join(folder, 'docker');
      const one = '"Repository":"shop","Tag":"%s"';
      const two = readFileSync(docker, 'utf8').replace(
        `[{${one}}]\\n' "$(running)"`,
        `[{${one}},{${one}}]\\n' "$(running)" "$(running)"`,
      );
      expect(two).toContain(`${one}},{`);
      writeFileSync(docker, two);
    });
    expect(said.out).toContain('Restart the shop proven: What runs now is 2.0.3');
    expect(said.code).toBe(0);
  });

  it('is not verified when the container is unhealthy afterwards', async () => {
    const said = await inTerminal(({ set }) => set('stuck', ''));
    expect(said.out).toContain('`docker compose ps --format json`: ');
    expect(said.out).not.toContain(' verified');
    expect(said.code).toBe(1);
  });
});
