/** The real flyctl with the fake Fly service: the output that Rollbook reads, and the errors it explains. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explainFailure } from '#shared/platforms/fly/errors.ts';
import { parseMachineList, parseStatus } from '#shared/platforms/fly/status.ts';
import { areAtRest } from '#shared/platforms/fly/machines-stopped.ts';
import { parseReleases } from '#shared/platforms/fly/releases.ts';
import { skippedFor } from '../fixtures/skipping.ts';
import { fakeFly, flyEnvironment } from './fake-fly/server.ts';
import { type FakeFlyCloud, fakeFlyCloud, imageOf } from './fake-fly/fake-cloud.ts';
import type { FakeServer } from './fake-server.ts';
import { missingTool, type Ran, realTool, run } from './real-tool.ts';

const path = realTool('flyctl');
let cloud: FakeFlyCloud;
let server: FakeServer;
beforeEach(async () => {
  cloud = fakeFlyCloud();
  server = await fakeFly(cloud);
});
afterEach(() => server.close());

describe('flyctl', skippedFor(missingTool('flyctl')), () => {
  const fly = (args: readonly string[], env: Record<string, string> = {}, limitMs = 90_000): Promise<Ran> =>
    run(path ?? '', args, { ...flyEnvironment(server, cloud), ...env }, limitMs);
  const deploy = (tag: string): Promise<Ran> =>
    fly([
      'deploy',
      '-a',
      cloud.app,
      '--image',
      imageOf(cloud.app, tag),
      '--remote-only',
      '--skip-release-command',
      '--dns-checks=false',
      '--wait-timeout',
      '20s',
      '--yes',
    ]);
  const explained = ({ code, stdout, stderr }: Ran): string | undefined =>
    explainFailure({ kind: 'code', code: code ?? -1 }, stdout, stderr)?.code;

  it('tells its version and login as JSON', async () => {
    expect(JSON.parse((await fly(['version', '--json'])).stdout)).toMatchObject({ Version: expect.any(String) });
    expect(JSON.parse((await fly(['auth', 'whoami', '--json'])).stdout)).toEqual({ email: 'ann@example.com' });
  });

  it('lists releases and status in the shape Rollbook parses', async () => {
    const releases = parseReleases((await fly(['releases', '-a', cloud.app, '--json'])).stdout);
    expect(releases.map(({ version }) => version)).toEqual([10, 9]);
    const status = parseStatus((await fly(['status', '-a', cloud.app, '--json'])).stdout);
    expect(status.machines).toHaveLength(2);
  });

  it('deploys the image of an older release to both machines, as a new release', async () => {
    const ran = await deploy('01');
    expect(ran.code, ran.stderr).toBe(0);
    expect(cloud.machines.map(({ imageRef }) => imageRef)).toEqual([
      imageOf(cloud.app, '01'),
      imageOf(cloud.app, '01'),
    ]);
    expect(cloud.releases[0]).toMatchObject({ version: 11, status: 'complete' });
  });

  it('has no command that rolls back', async () => {
    expect((await fly(['releases', 'rollback', 'v9', '-a', cloud.app])).code).toBe(1);
  });

  it.each([
    ['image-gone', 'image-gone'],
    ['failing-health', 'health-timeout'],
    ['lease-held', 'lease-held'],
  ] as const)('says what Rollbook explains: %s', async (trouble, code) => {
    cloud.trouble = trouble;
    const ran = await deploy('01');
    expect(ran.code).toBe(1);
    expect(explained(ran)).toBe(code);
  });

  it('says so when the login is refused, and when there is no such app', async () => {
    expect(explained(await fly(['releases', '-a', cloud.app, '--json'], { FLY_API_TOKEN: 'other' }))).toBe(
      'login-expired',
    );
    expect(explained(await fly(['releases', '-a', 'no-such-app', '--json']))).toBe('app-not-found');
  });

  it('prints logs once with --no-tail, and never ends when there is nothing to print', async () => {
    expect((await fly(['logs', '-a', cloud.app, '--no-tail', '--json'])).stdout).toContain('hello');
    cloud.trouble = 'empty-logs';
    expect((await fly(['logs', '-a', cloud.app, '--no-tail'], {}, 5_000)).code).toBeNull();
  });

  it('cordons, stops, starts and uncordons machines, and lists them in the shape Rollbook parses', async () => {
    const ids = cloud.machines.map(({ id }) => id);
    const machine = async (...words: readonly string[]): Promise<Ran> => {
      const ran = await fly(['machine', ...words, '-a', cloud.app]);
      expect(ran.code, ran.stderr).toBe(0);
      return ran;
    };
    const atRest = async (): Promise<boolean> => areAtRest(parseMachineList((await machine('list', '--json')).stdout));
    expect((await machine('list', '--quiet')).stdout.trim().split(/\s+/)).toEqual(ids);
    await machine('cordon', ...ids);
    await machine('stop', ...ids);
    expect(await atRest()).toBe(true);
    await machine('start', ...ids);
    expect(await atRest()).toBe(false);
    await machine('uncordon', ...ids);
    expect(cloud.machines.map(({ cordoned }) => cordoned)).toEqual([false, false]);
  });

  it('stops nothing when no machine is named, or one is not known', async () => {
    expect((await fly(['machine', 'stop', '-a', cloud.app])).code).toBe(1);
    const [first = ''] = cloud.machines.map(({ id }) => id);
    expect((await fly(['machine', 'stop', first, '00000000000000', '-a', cloud.app])).code).toBe(1);
    expect(cloud.machines.map(({ stopped }) => stopped)).toEqual([false, false]);
  });

  it('sets and unsets secrets as a new release', async () => {
    expect((await fly(['secrets', 'set', 'MAINTENANCE_MODE=true', '-a', cloud.app])).code).toBe(0);
    expect(cloud.secrets.has('MAINTENANCE_MODE')).toBe(true);
    expect((await fly(['secrets', 'unset', 'MAINTENANCE_MODE', '-a', cloud.app])).code).toBe(0);
    expect(cloud.secrets.has('MAINTENANCE_MODE')).toBe(false);
  });
});

describe('the fake Fly service itself', () => {
  const ask = async (route: string, init: RequestInit = {}): Promise<{ status: number; body: never }> => {
    const response = await fetch(`${server.url}${route}`, { headers: { authorization: 'Bearer fake' }, ...init });
    return { status: response.status, body: (await response.json()) as never };
  };
  const graphql = (query: string, variables: object): ReturnType<typeof ask> =>
    ask('/graphql', {
      method: 'POST',
      headers: { authorization: 'Bearer fake' },
      body: JSON.stringify({ query, variables }),
    });

  it('refuses what has no token', async () => {
    expect((await ask('/v1/apps/shop-test', { headers: {} })).status).toBe(401);
  });

  it('answers releases, and an unknown app as Fly does', async () => {
    const query =
      'query($appName:String!,$limit:Int!){app(name:$appName){releases:releasesUnprocessed(first:$limit){nodes{id version}}}}';
    expect((await graphql(query, { appName: 'shop-test', limit: 25 })).body).toMatchObject({
      data: { app: { releases: { nodes: [{ version: 10 }, { version: 9 }] } } },
    });
    expect((await graphql(query, { appName: 'other', limit: 25 })).body).toMatchObject({
      errors: [{ message: 'Could not find App "other"', extensions: { code: 'NOT_FOUND' } }],
    });
  });

  it('takes an update of a machine, and refuses the lease when it is held', async () => {
    const machine = '/v1/apps/shop-test/machines/e784e903b12345';
    const config = { image: imageOf(cloud.app, '01'), metadata: { fly_release_version: '11' } };
    const headers = { authorization: 'Bearer fake' };
    await ask(machine, { method: 'POST', headers, body: JSON.stringify({ config }) });
    expect((await ask(machine)).body).toMatchObject({ config: { image: imageOf(cloud.app, '01') } });
    cloud.trouble = 'lease-held';
    expect((await ask(`${machine}/lease`, { method: 'POST', headers })).status).toBe(409);
  });
});
