/** The next start removes files of killed Rollbooks, but none that is in use. */
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { ulid } from 'ulid';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { OpenCore } from '#core/core.ts';
import { groupIsGone, signalGroup } from '#core/runner/process-group.ts';
import { realSpawner } from '#core/runner/process-spawner.ts';
import { systemClock } from '#core/system-ports.ts';
import { drillAdapter } from '#core/drills/drills.ts';
import { simulatedClouds } from '#core/drills/simulated-clouds.ts';
import { createCloud, type SimulatedCloud } from '#core/simulator/simulated-cloud.ts';
import { loadScenario } from '#core/simulator/scenario-files.ts';
import type { Draft } from '#shared/incident/event.ts';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';
import { send } from '../../fixtures/steering.ts';
import { declareBy } from '../../fixtures/trusted-incident.ts';

const clock = systemClock();

/** Opens a core as the next start does, and waits for its clean-up. */
async function start(folder: string): Promise<void> {
  await (await testCore(folder)).close();
}

async function startDrill(folder: string): Promise<{ core: OpenCore; incidentId: string }> {
  const core = await testCore(folder);
  const incidentId = await core.services.drills.start({
    scenario: 'app-rollback',
    speed: 600,
    actor: 'ann',
    intentId: ulid(),
  });
  return { core, incidentId };
}

/** A changing command under its keeper, on the timeline of a killed Rollbook. */
async function keptRun(folder: string, script: string, told: 'nothing' | 'begun' | 'ended') {
  const runId = ulid();
  const begun: Draft = { kind: 'run.intended', payload: { ...RUN, runId } };
  const ended: Draft = { kind: 'run.ended', payload: { ...END, runId } };
  const { core, incidentId } = await startDrill(folder);
  const { eventLog } = (await core.services.incidents.open(incidentId)).context;
  if (told !== 'nothing') await eventLog.append('ann', told === 'ended' ? [begun, ended] : [begun]);
  await core.close();
  const spawner = realSpawner({ clock, keeperFolder: join(folder, 'runs'), holdForS: 60 });
  const argv = ['/bin/sh', '-c', script] as const;
  const run = await spawner.spawn({ runId, argv, cwd: folder, env: { PATH: '/usr/bin:/bin' }, effect: 'change' });
  onTestFinished(() => void (groupIsGone(run.pgid) || signalGroup(run.pgid, 'SIGKILL')));
  return { runId, run, there: () => existsSync(join(folder, 'runs', runId)) };
}

const RUN = {
  stepId: 's',
  commandId: 'c',
  effect: 'change',
  template: 'deploy',
  shown: 'deploy',
  binary: '/bin/deploy',
  toolVersion: '',
  cwd: '/',
  usualMs: null,
} as const;
const END = { exit: { kind: 'code', code: 0 }, durationMs: 1, output: null, excerpt: '', explanation: null } as const;

const keeperLives = (runId: string): boolean =>
  execaSync('ps', ['-A', '-o', 'args=']).stdout.includes(`rollbook-keep:${runId}`);

/** The process mark in file names: of this process, and of a dead one. */
async function marks(): Promise<{ readonly living: string; readonly dead: string }> {
  const folder = dataFolder();
  const { workingFolders } = await import('#core/runner/working-folders.ts');
  await workingFolders(folder).make('run');
  const living = readdirSync(folder)[0] ?? '';
  return { living, dead: living.replace(/\.\d+\./, `.${2 ** 22 + 1}.`) };
}

describe('the next start', () => {
  it.each(['ended', 'nothing'] as const)('lets a keeper go of whose run the timeline tells: %s', async (told) => {
    const folder = dataFolder();
    const { runId, run, there } = await keptRun(folder, 'exit 0', told);
    await run.exited;
    expect(there()).toBe(true);
    await start(folder);
    expect(there()).toBe(false);
    while (keeperLives(runId)) await clock.sleep(20);
  });

  it('keeps one whose end nobody wrote down, and one whose command still runs', async () => {
    const folder = dataFolder();
    const waiting = await keptRun(folder, 'exit 0', 'begun');
    await waiting.run.exited;
    const going = await keptRun(folder, 'sleep 1000', 'ended');
    await start(folder);
    expect([waiting.there(), going.there()]).toEqual([true, true]);
    await going.run.kill();
    await start(folder);
    expect([waiting.there(), going.there()]).toEqual([true, false]);
  });

  it('removes the working folders of dead processes alone, and none while a command may stand in one', async () => {
    const folder = dataFolder();
    const { living, dead } = await marks();
    const going = await keptRun(folder, 'sleep 1000', 'begun');
    const places = [living, dead].map((mark) => join(folder, 'work', mark, ulid()));
    for (const place of places) mkdirSync(place, { recursive: true });
    await start(folder);
    expect(places.map((place) => existsSync(place))).toEqual([true, true]);
    await going.run.kill();
    await start(folder);
    expect(places.map((place) => existsSync(place))).toEqual([true, false]);
    expect(readdirSync(join(folder, 'work'))).toEqual([living]);
  });

  it('removes what dead processes left in the temporary folder, and follows no link', async () => {
    const { living, dead } = await marks();
    const [kept, gone, link] = [
      join(tmpdir(), `rollbook-link-${living}-aaaaaa`),
      join(tmpdir(), `rollbook-link-${dead}-bbbbbb`),
      join(tmpdir(), `rollbook-link-${dead}-cccccc`),
    ] as const;
    const target = dataFolder();
    writeFileSync(join(target, 'precious'), '');
    onTestFinished(() => [kept, gone, link].forEach((path) => rmSync(path, { recursive: true, force: true })));
    mkdirSync(kept);
    mkdirSync(gone);
    writeFileSync(join(gone, 'open-1.html'), '');
    symlinkSync(target, link);
    await start(dataFolder());
    expect([existsSync(kept), existsSync(gone), existsSync(join(target, 'precious'))]).toEqual([true, false, true]);
  });

  it('removes what dead processes left of a bundle being read and of a copy being made', async () => {
    const folder = dataFolder();
    const { living, dead } = await marks();
    const [own, other] = [
      join('handovers', `rollbook-incoming-${living}-aaaaaa`),
      join('backups', `x.db.${process.pid}.partial`),
    ];
    const left = [
      join('handovers', `rollbook-incoming-${dead}-bbbbbb`),
      join('backups', `x.db.${2 ** 22 + 1}.partial`),
    ];
    for (const path of [own, ...left.slice(0, 1)]) mkdirSync(join(folder, path), { recursive: true });
    mkdirSync(join(folder, 'backups'));
    for (const path of [other, ...left.slice(1)]) writeFileSync(join(folder, path), 'half');
    await start(folder);
    expect([own, other, ...left].filter((path) => existsSync(join(folder, path)))).toEqual([own, other]);
  });

  it('ends a reading that outlived its Rollbook', async () => {
    const folder = dataFolder();
    const runbook =
      '---\nrollbook: 1\ntitle: R\nservices:\n  some-app: { title: Some, platform: fly, health: "http://127.0.0.1:9/" }\n---\n\n# R\n\n' +
      '## Option 1: Look\n\n**Use when**: testing\n\n1. **Look**\n   ```bash effect=read\n   sleep 1000\n   ```\n';
    const core = await testCore(folder);
    const incidentId = await declareBy(core, folder, runbook);
    const runId = ulid();
    const argv = ['/bin/sh', '-c', 'sleep 1000'] as const;
    const spawner = realSpawner({ clock, keeperFolder: join(folder, 'runs') });
    const read = await spawner.spawn({ runId, argv, cwd: folder, env: { PATH: '/usr/bin:/bin' }, effect: 'read' });
    onTestFinished(() => void (groupIsGone(read.pgid) || signalGroup(read.pgid, 'SIGKILL')));
    const { pid, pgid, startTime } = read;
    const first = await core.services.incidents.open(incidentId);
    await first.context.eventLog.append('ann', [
      { kind: 'run.intended', payload: { ...RUN, runId, effect: 'read' } },
      { kind: 'run.started', payload: { runId, pid, pgid, startTime } },
    ]);
    await core.close();
    const again = await (await testCore(folder)).services.incidents.open(incidentId);
    await again.steer();
    await again.settled();
    expect(groupIsGone(pgid)).toBe(true);
    expect(again.context.eventLog.state.runs.get(runId)?.endedAt).not.toBeNull();
  });
});

describe('the world of a drill', () => {
  const changed = async (core: OpenCore, incidentId: string): Promise<void> => {
    const { context } = await core.services.incidents.open(incidentId);
    const argv = ['simulated:fly', 'deploy', '-a', 'hotdash-agent-service'] as const;
    const env = { ...context.environment };
    await (await context.adapter.spawner.spawn({ runId: ulid(), argv, cwd: '/', env, effect: 'change' })).exited;
  };

  it('is kept beside the settings, and goes with the drill', async () => {
    const folder = dataFolder();
    const { core, incidentId } = await startDrill(folder);
    await changed(core, incidentId);
    const file = join(folder, 'drills', `${incidentId}.json`);
    expect(existsSync(file)).toBe(true);
    expect(core.services.store.settings.keys().filter((key) => key.includes(incidentId))).toEqual([]);
    await send(await core.services.incidents.open(incidentId), { kind: 'resolve', summary: 'done' });
    await core.close();
    await start(folder);
    expect(existsSync(file)).toBe(false);
  });

  it('that an earlier version kept in the settings is taken up, and the settings are rid of all of them', async () => {
    const folder = dataFolder();
    const { core, incidentId } = await startDrill(folder);
    const { store, incidents } = core.services;
    const { drill } = (await incidents.open(incidentId)).context.eventLog.state.declared;
    if (drill === null) throw new Error('a drill on simulated tools');
    const cloud: SimulatedCloud = { ...createCloud(await loadScenario('app-rollback')), deployedOwn: true };
    await store.settings.set(`drill ${incidentId}`, cloud);
    await store.settings.set(`drill ${ulid()}`, cloud);
    await core.close();
    await start(folder);
    const again = await testCore(folder);
    const { store: kept } = again.services;
    expect(kept.settings.keys().filter((key) => key.startsWith('drill '))).toEqual([]);
    expect(simulatedClouds(kept).get(incidentId)).toMatchObject({ deployedOwn: true });
    expect(await drillAdapter(simulatedClouds(kept), clock, incidentId, drill)).toMatchObject({ name: 'simulated' });
  });
});
