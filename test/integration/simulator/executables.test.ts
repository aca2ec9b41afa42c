import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createCloud } from '#core/simulator/simulated-cloud.ts';
import { createCloudFile, openCloudFile } from '../../tools/cloud-file.ts';
import { type SimulatedPath, type SimulatedPathOptions, simulatedPath } from '../../tools/simulated-path.ts';
import { APP, deployArgs, drill } from './drill.ts';

const open: SimulatedPath[] = [];
const children: ChildProcess[] = [];
/** What each has printed so far. */
const heard = new WeakMap<ChildProcess, string>();
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  for (const path of open.splice(0)) await path.stop();
});

async function onPath(options: SimulatedPathOptions): Promise<SimulatedPath> {
  const path = await simulatedPath(options);
  open.push(path);
  return path;
}

/** Runs a tool by its name, with only PATH in the environment. */
function start(path: SimulatedPath, tool: string, args: readonly string[]): ChildProcess {
  const child = spawn(tool, [...args], {
    env: { PATH: `${path.pathEntry}:/usr/bin:/bin` },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
  });
  children.push(child);
  heard.set(child, '');
  child.stdout?.setEncoding('utf8').on('data', (part: string) => heard.set(child, `${heard.get(child)}${part}`));
  return child;
}

async function run(path: SimulatedPath, tool: string, args: readonly string[]) {
  const child = start(path, tool, args);
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  const exit = code === null ? { kind: 'signal', signal } : { kind: 'code', code };
  return { exit, ...output };
}

/** Resolves when the output contains the text. Rejects if the process ends without it. */
function printed(child: ChildProcess, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => void (heard.get(child)?.includes(text) === true && resolve());
    child.stdout?.on('data', look);
    child.once('close', () => reject(new Error(`ended without printing ${text}; it printed:\n${heard.get(child)}`)));
    look();
  });
}

describe('the executables', () => {
  it('give the same bytes, streams and exits as the drill in this process', async () => {
    const path = await onPath({ scenario: 'app-rollback', speed: 'stepping' });
    const here = await drill('app-rollback');
    const calls: readonly (readonly [string, readonly string[]])[] = [
      ['fly', ['version', '--json']],
      ['fly', ['auth', 'whoami', '--json']],
      ['fly', ['releases', ...APP, '--json']],
      ['fly', ['status', ...APP, '--json']],
      ['fly', ['logs', ...APP, '--no-tail', '--json']],
      ['curl', ['-fsS', '--max-time', '10', here.scenario.service.health]],
      ['fly', ['releases', 'rollback', 'v9', ...APP]],
      ['fly', ['status', '-a', 'nope']],
      ['fly', deployArgs(here.imageOfRelease(9))],
      ['fly', ['releases', ...APP]],
      ['fly', ['releases', ...APP, '--json']],
      ['fly', ['status', ...APP, '--json']],
      ['fly', ['status', ...APP]],
      ['curl', ['-fsS', '--max-time', '10', here.scenario.service.health]],
      ['fly', ['logs', ...APP, '--no-tail']],
    ];
    for (const [tool, args] of calls) {
      expect(await run(path, tool, args), `${tool} ${args.join(' ')}`).toEqual(await here.run(tool, args));
    }
  });

  it('answer at a loopback health address from the same cloud, by curl too', async () => {
    const path = await onPath({ scenario: 'app-rollback', speed: 'stepping' });
    expect((await fetch(path.healthUrl)).status).toBe(503);
    const image = path.cloud.read().releases.find((release) => release.version === 9)?.imageRef ?? '';
    expect((await run(path, 'fly', deployArgs(image))).exit).toEqual({ kind: 'code', code: 0 });
    const answer = await fetch(path.healthUrl);
    expect([answer.status, await answer.text()]).toEqual([200, '{"status":"ok"}\n']);
    expect((await run(path, 'curl', ['-fsS', path.healthUrl])).stdout).toBe('{"status":"ok"}\n');
  });

  it('stream: lines arrive while the deploy runs, and an interrupt ends it with 127', async () => {
    const path = await onPath({ scenario: 'app-rollback', speed: 4 });
    const image = path.cloud.read().releases.find((release) => release.version === 9)?.imageRef ?? '';
    const child = start(path, 'fly', deployArgs(image));
    await printed(child, 'Configuration is valid');
    expect(child.exitCode).toBeNull();
    await printed(child, '[1/2] Updating');
    const closed = once(child, 'close');
    child.kill('SIGINT');
    expect(await closed).toEqual([127, null]);
    expect(path.cloud.read().releases.at(-1)).toMatchObject({ version: 11, status: 'interrupted' });
  });

  it('that are killed leave the release "running" and the machines leased', async () => {
    const path = await onPath({ scenario: 'app-rollback', speed: 4 });
    const image = path.cloud.read().releases.find((release) => release.version === 9)?.imageRef ?? '';
    const child = start(path, 'fly', deployArgs(image));
    await printed(child, '[1/2] Updating');
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    expect(await closed).toEqual([null, 'SIGKILL']);
    expect(path.cloud.read().releases.at(-1)).toMatchObject({ version: 11, status: 'running' });
    const [lease] = path.cloud.read().leases;
    expect(lease).toMatchObject({ holder: 'ann@hotdash.example#v11' });
    expect(lease?.expiresAt).toBeGreaterThan(path.scenario.startAt + 5_000);
  });

  it('fly logs goes on until it is interrupted', async () => {
    const path = await onPath({ scenario: 'app-rollback', speed: 100 });
    const child = start(path, 'fly', ['logs', ...APP]);
    await printed(child, 'GET /approvals 500 in 9 ms');
    // It still prints the logs of a deploy in another process, so it follows them.
    const later = printed(child, 'Pulling container image');
    const image = path.cloud.read().releases.find((release) => release.version === 9)?.imageRef ?? '';
    await run(path, 'fly', deployArgs(image));
    await later;
    expect(child.exitCode).toBeNull();
    const closed = once(child, 'close');
    child.kill('SIGINT');
    expect(await closed).toEqual([127, null]);
  });

  it('curl ends by the signal when it is interrupted', async () => {
    const path = await onPath({ scenario: 'app-rollback', speed: 1 });
    const child = start(path, 'curl', ['-f', '--retry', '5', path.healthUrl]);
    // Its handler is installed, and it waits before the next try.
    await once(child.stderr ?? child, 'data');
    const closed = once(child, 'close');
    child.kill('SIGINT');
    expect(await closed).toEqual([null, 'SIGINT']);
  });

  it('can have the story end now, for a live incident', async () => {
    const before = Date.now();
    const path = await onPath({ scenario: 'app-rollback', speed: 1, startAt: 'now' });
    const { scenario } = path;
    expect(scenario.startAt).toBeGreaterThanOrEqual(before);
    expect(scenario.startAt - (scenario.releases.at(-1)?.createdAt ?? 0)).toBe(6 * 60_000);
  });

  it('say what is missing without a cloud', async () => {
    const path = await onPath({ scenario: 'app-rollback', speed: 'stepping' });
    const script = new URL('../../tools/bin/fly', import.meta.url).pathname;
    const child = spawn(process.execPath, [script, 'version'], { env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    expect(await once(child, 'close')).toEqual([3, null]);
    expect(stderr).toContain('ROLLBOOK_SIM_CLOUD must name its cloud');
    expect(path.cloudPath).toBe(join(path.pathEntry, '..', 'world.json'));
  });
});

describe('a world in a file', () => {
  it('loses no change of several processes', async () => {
    const path = await onPath({ scenario: 'app-rollback', speed: 'stepping' });
    const script = `
      const { openCloudFile } = await import(${JSON.stringify(new URL('../../tools/cloud-file.ts', import.meta.url).href)});
      const cloud = openCloudFile(process.argv[1]);
      for (let n = 0; n < 50; n += 1) cloud.update((before) => ({ ...before, healthUrls: [...before.healthUrls, process.pid + '/' + n] }));
    `;
    const writers = Array.from({ length: 3 }, () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, path.cloudPath], {
        stdio: 'inherit',
      });
      children.push(child);
      return once(child, 'close');
    });
    for (const [code] of await Promise.all(writers)) expect(code).toBe(0);
    const urls = path.cloud.read().healthUrls;
    expect(new Set(urls).size).toBe(2 + 150);
  });

  it('is not blocked by a lock whose owner is dead', async () => {
    const path = await onPath({ scenario: 'app-rollback', speed: 'stepping' });
    const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
    await once(child, 'close');
    writeFileSync(`${path.cloudPath}.lock`, String(child.pid));
    const changed = path.cloud.update((before) => ({ ...before, healthUrls: ['x'] }));
    expect(changed.healthUrls).toEqual(['x']);
  });

  it('keeps the time of a stepping clock from one tool to the next', async () => {
    const path = await onPath({ scenario: 'app-rollback', speed: 'stepping' });
    const file = join(path.pathEntry, '..', 'other.json');
    const cloud = createCloudFile(file, createCloud(path.scenario), { kind: 'stepping', at: 1_000 });
    await cloud.clock.sleep(500);
    cloud.close();
    expect(openCloudFile(file).clock.now()).toBe(1_500);
  });
});
