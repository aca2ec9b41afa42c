import { describe, expect, it } from 'vitest';
import { parseMachineList } from '#shared/platforms/fly/status.ts';
import { APP, code, drill } from './drill.ts';

const IDS = ['3d8d9014c56e89', 'e784e903b12345'];

async function played(name: string) {
  const { run, adapter, scenario } = await drill(name);
  const fly = (...args: readonly string[]) => run('fly', ['machine', ...args, ...APP]);
  const list = async () => parseMachineList((await fly('list', '--json')).stdout);
  const health = async () => {
    const answer = await adapter.http.get(scenario.service.health, 5_000);
    return answer.kind === 'answer' ? answer.status : answer.reason;
  };
  return { fly, list, health, sleep: (ms: number) => adapter.clock.sleep(ms) };
}

describe('fly machine', () => {
  it('stop ends before a machine stands; start brings it up again; nobody is served in between', async () => {
    const { fly, list, health, sleep } = await played('exploit-stop-machines');
    const stopped = await fly('stop', ...IDS);
    expect(stopped.exit).toEqual(code(0));
    expect(stopped.stdout).toBe(
      IDS.map((id) => `Sending kill signal to machine ${id}...\n${id} has been successfully stopped\n`).join(''),
    );
    expect((await list()).at(-1)?.state).toBe('stopping');
    await sleep(60_000);
    expect((await list()).map(({ state }) => state)).toEqual(['stopped', 'stopped']);
    expect(await health()).toBe(503);
    expect((await fly('start', ...IDS)).stdout).toBe(IDS.map((id) => `${id} has been started\n`).join(''));
    expect((await list()).at(-1)?.state).toBe('starting');
    await sleep(60_000);
    expect((await list()).map(({ state }) => state)).toEqual(['started', 'started']);
    expect(await health()).toBe(200);
  });

  it('cordon takes the requests away and leaves the machines running', async () => {
    const { fly, list, health } = await played('exploit-stop-machines');
    expect((await fly('cordon', ...IDS)).stdout).toBe(
      IDS.map((id) => `Activating cordon on machine ${id}...\ndone!\n`).join(''),
    );
    expect((await list()).map(({ state, cordoned }) => [state, cordoned])).toEqual([
      ['started', true],
      ['started', true],
    ]);
    expect(await health()).toBe(503);
    await fly('uncordon', ...IDS);
    expect(await health()).toBe(200);
  });

  it('restart waits until the machine is healthy again, also one that was stopped', async () => {
    const { fly, list, sleep } = await played('exploit-stop-machines');
    await fly('stop', ...IDS);
    await sleep(60_000);
    const { exit, stdout } = await fly('restart', IDS[0] ?? '');
    expect(exit).toEqual(code(0));
    expect(stdout).toBe(`Restarting machine ${IDS[0]}\nMachine ${IDS[0]} restarted successfully!\n`);
    expect((await list()).map(({ state }) => state)).toEqual(['started', 'stopped']);
  });

  it('restart of a machine whose check never passes is not played', async () => {
    const { run } = await drill('app-rollback');
    const ran = await run('fly', ['machine', 'restart', IDS[0] ?? '', ...APP]);
    expect(ran.stderr).toContain('Error: the drill simulator does not play a restart whose checks do not pass\n');
  });

  it('list is for people, for xargs, and for programs', async () => {
    const { fly } = await played('exploit-stop-machines');
    expect((await fly('list')).stdout).toContain('2 machines have been retrieved from app hotdash-agent-service.');
    expect((await fly('list', '--quiet')).stdout.trim().split(/\s+/)).toEqual(IDS);
    expect((await fly('ls', '--json')).stdout).toContain('"cordoned": false');
  });

  it('without an id, with an unknown one, or of no app: 1, and nothing is touched', async () => {
    const { fly, list } = await played('exploit-stop-machines');
    expect(await fly('stop')).toMatchObject({
      exit: code(1),
      stderr: 'Error: a machine ID must be specified when not running interactively\n',
    });
    expect(await fly('stop', '3d8d9014c56e89', '00000000000000')).toMatchObject({
      exit: code(1),
      stderr: "Error: machine 00000000000000 was not found in app 'hotdash-agent-service'\n",
    });
    expect((await list()).map(({ state }) => state)).toEqual(['started', 'started']);
  });

  it('one that takes no notice runs on, whatever stop says', async () => {
    const { fly, list, sleep } = await played('machine-keeps-running');
    expect((await fly('stop', ...IDS)).exit).toEqual(code(0));
    await sleep(60_000);
    expect((await list()).map(({ state }) => state)).toEqual(['stopped', 'started']);
  });
});
