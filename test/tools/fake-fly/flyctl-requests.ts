/**
 * The requests that flyctl v0.4.87 makes for a command, in its order (facts: fly-go v0.9.6 resource_*.go, flaps, uiex;
 * internal/command/deploy). Each answers what flyctl reads from it, and throws what flyctl would print: so the fake
 * service is exercised as flyctl does it, also where there is no flyctl.
 */
import type { FakeServer } from '../fake-server.ts';
import { type FakeFlyCloud, imageOf } from './fake-cloud.ts';

interface Answer {
  readonly status: number;
  // What is read from a body is what the checks look at.
  // oxlint-disable-next-line typescript/no-explicit-any -- JSON of a service, read as flyctl reads it
  readonly body: any;
}

type Send = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

/** What flyctl would end with. */
export class FlyError extends Error {}

export interface FlyRequests {
  whoami(): Promise<string>;
  releases(
    app: string,
  ): Promise<readonly { readonly version: number; readonly status: string; readonly imageRef: string }[]>;
  status(app: string): Promise<{ readonly version: number; readonly machines: readonly Machine[] }>;
  deploy(app: string, tag: string): Promise<{ readonly version: number }>;
  secrets(app: string, values: Readonly<Record<string, string | null>>): Promise<number>;
  listSecrets(app: string): Promise<readonly string[]>;
  /** Every machine, also those that no deploy made. */
  machineList(app: string): Promise<readonly Machine[]>;
  /** `fly machine stop|start|cordon|uncordon`: each machine is looked up first, and all are leased while it is done. */
  machines(app: string, verb: MachineVerb, ids: readonly string[]): Promise<void>;
  /** One page. */
  logs(app: string): Promise<readonly string[]>;
}

export type MachineVerb = 'stop' | 'start' | 'cordon' | 'uncordon';

export interface Machine {
  readonly id: string;
  readonly state: string;
  readonly cordoned: boolean;
  readonly instance_id: string;
  readonly config: {
    readonly image: string;
    readonly metadata: Readonly<Record<string, string>>;
    readonly services: readonly { readonly checks: readonly unknown[] }[];
  };
  readonly image_ref: { readonly digest: string; readonly tag: string };
  readonly events: readonly { readonly type: string; readonly timestamp: number }[];
  readonly checks: readonly { readonly name: string; readonly status: string }[];
}

const RELEASES =
  'query($appName:String!,$limit:Int!){app(name:$appName){releases:releasesUnprocessed(first:$limit){nodes{id version description reason status imageRef stable user{id email name} createdAt}}}}';
const COMPACT =
  'query($appName:String!){appcompact:app(name:$appName){id internalNumericId name hostname cnameTarget deployed network status appUrl platformVersion organization{id internalNumericId slug paidPlan} postgresAppRole:role{name}}}';
const CURRENT = 'query($appName:String!){app(name:$appName){currentRelease:currentReleaseUnprocessed{version}}}';
const CONFIG =
  'query FlyctlConfigCurrentRelease($appName:String!){app(name:$appName){currentReleaseUnprocessed{configDefinition}}}';
const IMAGE =
  'query($appName:String!,$imageRef:String!){app(name:$appName){id image(ref:$imageRef){id digest ref compressedSize:compressedSizeFull manifest}}}';
const LATEST =
  'query LatestImage($appName:String!){app(name:$appName){currentReleaseUnprocessed{id version imageRef}}}';
const EGRESS = 'query($appName:String!){app(name:$appName){egressIpAddresses{nodes{id ip version region}}}}';

export function flyRequests(server: FakeServer, cloud: FakeFlyCloud, token = cloud.token): FlyRequests {
  const send: Send = async (method, path, body, headers = {}) => {
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  };
  const graphql = async (query: string, variables: object | null): Promise<Answer['body']> => {
    const { status, body } = await send('POST', '/graphql', { query, variables });
    if (status !== 200) throw new FlyError(`server returned a non-200 status code: ${status}`);
    if (body.errors?.length > 0) throw new FlyError(`failed to run ${query}: ${body.errors[0].message}`);
    return body.data;
  };
  /** The Machines API and the REST side tell their error in `error`. */
  const rest: Send = async (...args) => {
    const answer = await send(...args);
    if (answer.status >= 400) throw new FlyError(`${answer.body?.error ?? answer.status}`);
    return answer;
  };
  const machinesOf = async (app: string): Promise<readonly Machine[]> =>
    (await rest('GET', `/v1/apps/${app}/machines`)).body;
  const updateAll = (app: string, release: { readonly id: string; readonly version: number }, image: string | null) =>
    updateMachines(rest, app, release, image, machinesOf);

  return {
    whoami: async () =>
      (await graphql('query {viewer{... on User{id email enablePaidHobby} ... on Macaroon{email}}}', null)).viewer
        .email,

    releases: async (app) => (await graphql(RELEASES, { appName: app, limit: 25 })).app.releases.nodes,

    status: async (app) => {
      const { appcompact } = await graphql(COMPACT, { appName: app });
      if (appcompact.platformVersion !== 'machines') throw new FlyError('not a machines app');
      const machines = await machinesOf(app);
      return { machines, version: (await graphql(CURRENT, { appName: app })).app.currentRelease.version };
    },

    deploy: async (app, tag) => {
      const image = imageOf(app, tag);
      const { app: current } = await graphql(CONFIG, { appName: app });
      const definition = current.currentReleaseUnprocessed.configDefinition;
      const { body: about } = await rest('GET', `/v1/apps/${app}`);
      await rest('GET', `/api/v1/organizations/${about.organization.slug}`);
      const { body: build } = await rest('POST', '/api/v1/builds', {
        app_name: app,
        strategies_available: ['prebuilt'],
      });
      const found = (await graphql(IMAGE, { appName: app, imageRef: image })).app.image;
      if (Number.isNaN(Number(found.compressedSize))) throw new FlyError('compressedSize is no number');
      await rest('POST', '/api/v1/builds/finish', { build_id: build.id, status: 'completed' });
      await machinesOf(app);
      const { body: created } = await rest('POST', '/api/v1/releases', {
        app_name: app,
        build_id: build.id,
        definition,
        image: found.ref,
        strategy: 'ROLLING',
      });
      const { release } = created;
      await graphql(EGRESS, { appName: app });
      await rest('PATCH', `/api/v1/releases/${release.id}`, { status: 'running', metadata: null });
      try {
        await updateAll(app, release, found.ref);
      } catch (thrown) {
        await rest('PATCH', `/api/v1/releases/${release.id}`, { status: 'failed', metadata: {} });
        throw thrown;
      }
      await rest('PATCH', `/api/v1/releases/${release.id}`, { status: 'complete', metadata: {} });
      return { version: release.version };
    },

    secrets: async (app, values) => {
      await graphql(COMPACT, { appName: app });
      const { body: set } = await rest('POST', `/v1/apps/${app}/secrets`, { values });
      await machinesOf(app);
      await graphql(CONFIG, { appName: app });
      await rest('GET', `/v1/apps/${app}`);
      await graphql(LATEST, { appName: app }).catch(() => null);
      const [first] = await machinesOf(app);
      const { body: created } = await rest('POST', '/api/v1/releases', {
        app_name: app,
        image: first?.config.image,
        strategy: 'ROLLING',
      });
      await rest('PATCH', `/api/v1/releases/${created.release.id}`, { status: 'running', metadata: null });
      await updateAll(app, created.release, null);
      await rest('PATCH', `/api/v1/releases/${created.release.id}`, { status: 'complete', metadata: {} });
      return set.version;
    },

    listSecrets: async (app) => {
      const { body } = await rest('GET', `/v1/apps/${app}/secrets`);
      await machinesOf(app);
      await rest('GET', `/api/v1/apps/${app}/releases?limit=20`);
      return body.secrets.map(({ name }: { readonly name: string }) => name);
    },

    machineList: machinesOf,

    machines: (app, verb, ids) => changeMachines(send, rest, app, verb, ids),

    logs: async (app) => {
      const { status, body } = await send('GET', `/api/v1/apps/${app}/logs?next_token=`);
      if (status === 401) throw new FlyError('401 Unauthorized');
      if (status === 404) throw new FlyError('404 Not Found');
      if (typeof body.meta.next_token !== 'string') throw new FlyError('no next_token');
      return body.data.map((entry: { readonly attributes: { readonly message: string } }) => entry.attributes.message);
    },
  };
}

/** As internal/command/machine/{select,stop,start,cordon,uncordon}.go: machines of other apps are refused. */
async function changeMachines(
  send: Send,
  rest: Send,
  app: string,
  verb: MachineVerb,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids) {
    const { status } = await send('GET', `/v1/apps/${app}/machines/${id}`);
    if (status === 404) throw new FlyError(`machine ${id} was not found in app '${app}'`);
  }
  const leased: { readonly path: string; readonly held: Readonly<Record<string, string>> }[] = [];
  try {
    for (const id of ids) {
      const path = `/v1/apps/${app}/machines/${id}`;
      const { body: lease } = await rest('POST', `${path}/lease?ttl=120`);
      leased.push({ path, held: { 'fly-machine-lease-nonce': lease.data.nonce as string } });
    }
    for (const { path, held } of leased) await rest('POST', `${path}/${verb}`, verb === 'stop' ? {} : undefined, held);
  } finally {
    for (const { path, held } of leased) await rest('DELETE', `${path}/lease`, undefined, held);
  }
}

/**
 * All leases are taken before the first update and dropped after the last one. Machine by machine in between: update, wait for
 * started, smoke check, sockets, health.
 */
async function updateMachines(
  rest: Send,
  app: string,
  release: { readonly id: string; readonly version: number },
  image: string | null,
  machinesOf: (app: string) => Promise<readonly Machine[]>,
): Promise<void> {
  const leased: {
    readonly machine: Machine;
    readonly path: string;
    readonly held: Readonly<Record<string, string>>;
  }[] = [];
  try {
    for (const machine of await machinesOf(app)) {
      const path = `/v1/apps/${app}/machines/${machine.id}`;
      const { body: lease } = await rest('POST', `${path}/lease?ttl=13`);
      if (lease.status !== 'success' || lease.data.nonce === '') throw new FlyError('did not acquire lease');
      leased.push({ machine, path, held: { 'fly-machine-lease-nonce': lease.data.nonce as string } });
    }
    for (const { machine, path, held } of leased) await updateMachine(rest, release, image, machine, path, held);
  } finally {
    for (const { path, held } of leased) await rest('DELETE', `${path}/lease`, undefined, held);
  }
}

async function updateMachine(
  rest: Send,
  release: { readonly id: string; readonly version: number },
  image: string | null,
  { id, config }: Machine,
  path: string,
  held: Readonly<Record<string, string>>,
): Promise<void> {
  const metadata = { ...config.metadata, fly_release_id: release.id, fly_release_version: String(release.version) };
  const launch = { config: { ...config, image: image ?? config.image, metadata }, skip_launch: false };
  const { body: updated } = await rest('POST', path, launch, held);
  const { body: lease } = await rest('POST', `${path}/lease?ttl=13`, undefined, held);
  if (lease.data.nonce !== held['fly-machine-lease-nonce']) throw new FlyError('the lease got another nonce');
  await rest('GET', `${path}/wait?instance_id=${updated.instance_id}&state=started&timeout=60`);
  const { body } = await rest('GET', path);
  const now = body as Machine;
  const [started, launched] = ['start', 'launch'].map((type) => now.events.findIndex((event) => event.type === type));
  if (started === -1) throw new FlyError(`smoke checks for ${id} failed`);
  if (launched === undefined || launched < (started ?? 0)) throw new FlyError('the smoke check takes 10 s more');
  const { body: processes } = await rest('GET', `${path}/ps`);
  if (processes.length === 0) throw new FlyError('no listening socket was found in 15 s');
  const declared = now.config.services.flatMap(({ checks }) => checks).length;
  if (declared === 0) throw new FlyError('no check is declared, so none is waited for');
  if (now.checks.some(({ status }) => status !== 'passing'))
    throw new FlyError(`timeout reached waiting for health checks to pass for machine ${id}: 0/1`);
}
