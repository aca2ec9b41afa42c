/** Sends flyctl's requests to the fake Fly service, and checks the answers and the errors that Rollbook explains. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explainFailure } from '#shared/platforms/fly/errors.ts';
import { parseMachineList } from '#shared/platforms/fly/status.ts';
import { areAtRest } from '#shared/platforms/fly/machines-stopped.ts';
import { FlyError, type FlyRequests, flyRequests } from './fake-fly/flyctl-requests.ts';
import { fakeFly } from './fake-fly/server.ts';
import { digestOf, type FakeFlyCloud, fakeFlyCloud, imageOf, type Trouble } from './fake-fly/fake-cloud.ts';
import type { FakeServer } from './fake-server.ts';

let cloud: FakeFlyCloud;
let server: FakeServer;
let fly: FlyRequests;
beforeEach(async () => {
  cloud = fakeFlyCloud();
  server = await fakeFly(cloud);
  fly = flyRequests(server, cloud);
});
afterEach(() => server.close());

/** How Rollbook explains what flyctl would have printed. */
async function explained(act: Promise<unknown>): Promise<string | undefined> {
  const thrown: unknown = await act.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof FlyError)) throw new Error('flyctl would not have ended with an error', { cause: thrown });
  return explainFailure({ kind: 'code', code: 1 }, '', `Error: ${thrown.message}\n`)?.code;
}

const asked = (): readonly string[] =>
  server.asked.map(({ method, path, body }) => {
    const { query = '' } = (body ?? {}) as { readonly query?: string };
    const about = /^query (\w+)|\b(viewer|releasesUnprocessed|appcompact|image\(ref|currentRelease|egressIp)/.exec(
      query,
    );
    return path === '/graphql' ? (about?.[1] ?? about?.[2] ?? 'query') : `${method} ${path.replace(/e784e\w+/, 'ID')}`;
  });

describe('the fake Fly service', () => {
  it('knows who is logged in', async () => {
    expect(await fly.whoami()).toBe('ann@example.com');
  });

  it('lists the releases, newest first, with their images', async () => {
    expect(await fly.releases(cloud.app)).toMatchObject([
      { version: 10, status: 'complete', imageRef: imageOf(cloud.app, '02') },
      { version: 9, status: 'complete', imageRef: imageOf(cloud.app, '01') },
    ]);
  });

  it('tells the status: two machines, what they run and how their checks stand', async () => {
    const { version, machines } = await fly.status(cloud.app);
    expect(version).toBe(10);
    expect(machines).toHaveLength(2);
    for (const machine of machines) {
      expect(machine).toMatchObject({
        state: 'started',
        image_ref: { digest: digestOf(imageOf(cloud.app, '02')) },
        config: { metadata: { fly_platform_version: 'v2', fly_process_group: 'app', fly_release_version: '10' } },
        checks: [{ status: 'passing' }],
      });
    }
  });

  it('deploys an image to both machines as a new release, asked in flyctl’s order', async () => {
    expect(await fly.deploy(cloud.app, '01')).toEqual({ version: 11 });
    const order = asked();
    const lease = 'POST /v1/apps/shop-test/machines/ID/lease';
    const dropped = 'DELETE /v1/apps/shop-test/machines/ID/lease';
    const machine = [
      'POST /v1/apps/shop-test/machines/ID',
      lease,
      'GET /v1/apps/shop-test/machines/ID/wait',
      'GET /v1/apps/shop-test/machines/ID',
      'GET /v1/apps/shop-test/machines/ID/ps',
    ];
    expect(order).toEqual([
      'FlyctlConfigCurrentRelease',
      'GET /v1/apps/shop-test',
      'GET /api/v1/organizations/org',
      'POST /api/v1/builds',
      'image(ref',
      'POST /api/v1/builds/finish',
      'GET /v1/apps/shop-test/machines',
      'POST /api/v1/releases',
      'egressIp',
      'PATCH /api/v1/releases/r11',
      'GET /v1/apps/shop-test/machines',
      lease,
      lease,
      ...machine,
      ...machine,
      dropped,
      dropped,
      'PATCH /api/v1/releases/r11',
    ]);
    const { version, machines } = await fly.status(cloud.app);
    expect(version).toBe(11);
    expect(machines.map(({ config }) => config.image)).toEqual([imageOf(cloud.app, '01'), imageOf(cloud.app, '01')]);
    expect((await fly.releases(cloud.app))[0]).toMatchObject({ version: 11, status: 'complete' });
  });

  it('sets and unsets secrets, each as a release with the same image', async () => {
    expect(await fly.secrets(cloud.app, { MAINTENANCE_MODE: 'true' })).toBe(7);
    expect(await fly.listSecrets(cloud.app)).toEqual(['DATABASE_URL', 'MAINTENANCE_MODE']);
    await fly.secrets(cloud.app, { MAINTENANCE_MODE: null });
    expect(await fly.listSecrets(cloud.app)).toEqual(['DATABASE_URL']);
    const images = (await fly.releases(cloud.app)).slice(0, 3).map(({ imageRef }) => imageRef);
    expect(new Set(images)).toEqual(new Set([imageOf(cloud.app, '02')]));
  });

  it('takes the requests away, stops every machine, and brings all of it back', async () => {
    const ids = cloud.machines.map(({ id }) => id);
    await fly.machines(cloud.app, 'cordon', ids);
    await fly.machines(cloud.app, 'stop', ids);
    const listed = async () => parseMachineList(JSON.stringify(await fly.machineList(cloud.app)));
    expect(areAtRest(await listed())).toBe(true);
    expect((await listed()).map(({ cordoned }) => cordoned)).toEqual([true, true]);
    await fly.machines(cloud.app, 'start', ids);
    expect(areAtRest(await listed())).toBe(false);
    await fly.machines(cloud.app, 'uncordon', ids);
    expect((await fly.machineList(cloud.app)).map(({ state, cordoned }) => [state, cordoned])).toEqual([
      ['started', false],
      ['started', false],
    ]);
  });

  it('is asked nothing in GraphQL by the commands for machines', async () => {
    await fly.machineList(cloud.app);
    await fly.machines(cloud.app, 'stop', [cloud.machines[0]?.id ?? '']);
    expect(server.asked.map(({ path }) => path)).not.toContain('/graphql');
  });

  it('touches no machine when one is not known, or while somebody else holds one', async () => {
    const [first = ''] = cloud.machines.map(({ id }) => id);
    await expect(fly.machines(cloud.app, 'stop', [first, '00000000000000'])).rejects.toThrow(
      "machine 00000000000000 was not found in app 'shop-test'",
    );
    cloud.trouble = 'lease-held';
    expect(await explained(fly.machines(cloud.app, 'stop', [first]))).toBe('lease-held');
    expect(cloud.machines.map(({ stopped }) => stopped)).toEqual([false, false]);
  });

  it('gives a page of logs, and an empty one when there is nothing', async () => {
    expect(await fly.logs(cloud.app)).toEqual(['hello']);
    cloud.trouble = 'empty-logs';
    expect(await fly.logs(cloud.app)).toEqual([]);
  });

  it('refuses a token it does not know, everywhere', async () => {
    const stranger = flyRequests(server, cloud, 'other');
    expect(await explained(stranger.whoami())).toBe('login-expired');
    expect(await explained(stranger.releases(cloud.app))).toBe('login-expired');
    expect(await explained(stranger.listSecrets(cloud.app))).toBe('login-expired');
    expect(await explained(stranger.logs(cloud.app))).toBe('login-expired');
  });

  it('knows no other app, everywhere', async () => {
    expect(await explained(fly.releases('other'))).toBe('app-not-found');
    expect(await explained(fly.status('other'))).toBe('app-not-found');
    expect(await explained(fly.deploy('other', '01'))).toBe('app-not-found');
    expect(await explained(fly.secrets('other', {}))).toBe('app-not-found');
    expect(await explained(fly.logs('other'))).toBe('app-not-found');
    expect(await explained(fly.machineList('other'))).toBe('app-not-found');
  });

  it.each<[Trouble, string, string]>([
    ['image-gone', 'image-gone', 'complete'],
    ['lease-held', 'lease-held', 'failed'],
    ['failing-health', 'health-timeout', 'failed'],
  ])('plays the trouble "%s", which Rollbook explains', async (trouble, code, newest) => {
    cloud.trouble = trouble;
    expect(await explained(fly.deploy(cloud.app, '01'))).toBe(code);
    expect((await fly.releases(cloud.app))[0]).toMatchObject({ status: newest });
  });

  it('leaves mixed versions behind when health fails at the first machine', async () => {
    cloud.trouble = 'failing-health';
    await explained(fly.deploy(cloud.app, '01'));
    const { machines } = await fly.status(cloud.app);
    expect(machines.map(({ config }) => config.image)).toEqual([imageOf(cloud.app, '01'), imageOf(cloud.app, '02')]);
  });

  it('answers late when it is slow, and the same', async () => {
    const order: string[] = [];
    cloud.trouble = 'slow';
    const late = fly.whoami().then((email) => order.push(`late ${email}`));
    while (server.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    cloud.trouble = 'none';
    await fly.whoami().then((email) => order.push(`at once ${email}`));
    await late;
    expect(order).toEqual(['at once ann@example.com', 'late ann@example.com']);
  });
});
