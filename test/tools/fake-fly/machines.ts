/** The Machines API (flaps): machines, leases, secrets of one app. */
import type { Asked, Reply } from '../fake-server.ts';
import { digestOf, type FakeFlyCloud, type FakeMachine } from './fake-cloud.ts';

const AT = '2026-10-13T10:31:00Z';

export function answerMachines(cloud: FakeFlyCloud, asked: Asked): Reply {
  const [, , app, what, id, act] = asked.path.split('/').slice(1);
  if (app !== cloud.app) return { status: 404, body: { error: 'app not found' } };
  if (what === undefined) return { status: 200, body: appOf(cloud) };
  if (what === 'secrets') return secrets(cloud, asked);
  if (what === 'volumes' || what === 'ip_assignments') return { status: 200, body: [] };
  if (what !== 'machines') return { status: 404, body: { error: `no route ${asked.path}` } };
  if (id === undefined) return { status: 200, body: cloud.machines.map((machine) => machineOf(cloud, machine)) };
  const machine = cloud.machines.find((one) => one.id === id);
  if (machine === undefined) return { status: 404, body: { error: 'machine not found' } };
  return ofMachine(cloud, machine, act, asked);
}

function ofMachine(cloud: FakeFlyCloud, machine: FakeMachine, act: string | undefined, { method, body }: Asked): Reply {
  switch (act) {
    case 'lease':
      if (method === 'POST' && cloud.trouble === 'lease-held')
        return {
          status: 409,
          body: { error: `failed to get lease on VM ${machine.id}: lease currently held by another` },
        };
      return {
        status: method === 'POST' ? 201 : 200,
        body: { status: 'success', data: { nonce: `nonce-${machine.id}`, expires_at: 4_000_000_000 } },
      };
    case 'wait':
      return { status: 200, body: { ok: true } };
    case 'ps':
      // flyctl waits 15 s for a socket that is listened on when there is none.
      return {
        status: 200,
        body: [{ pid: 1, command: '/app', listen_sockets: [{ proto: 'tcp', address: '0.0.0.0:8080' }] }],
      };
    case 'restart':
      return { status: 200, body: { ok: true } };
    // Taken, and answered before the machine stands or runs.
    case 'stop':
      machine.stopped = true;
      return { status: 200, body: { ok: true } };
    case 'start':
      machine.stopped = false;
      return { status: 200, body: { previous_state: 'stopped', migrated: false, new_host: '' } };
    case 'cordon':
    case 'uncordon':
      machine.cordoned = act === 'cordon';
      return { status: 200, body: { ok: true } };
    case undefined: {
      if (method === 'POST') update(cloud, machine, body);
      return { status: 200, body: machineOf(cloud, machine) };
    }
    default:
      return { status: 404, body: { error: `no route ${act}` } };
  }
}

function update(cloud: FakeFlyCloud, machine: FakeMachine, body: unknown): void {
  const { config } = (body ?? {}) as {
    readonly config?: { readonly image?: string; readonly metadata?: Record<string, string> };
  };
  machine.imageRef = config?.image ?? machine.imageRef;
  machine.releaseVersion = Number(config?.metadata?.['fly_release_version'] ?? machine.releaseVersion);
  machine.healthy = cloud.trouble !== 'failing-health';
}

function secrets(cloud: FakeFlyCloud, { method, body }: Asked): Reply {
  if (method === 'POST') {
    const { values = {} } = (body ?? {}) as { readonly values?: Readonly<Record<string, string | null>> };
    for (const [name, value] of Object.entries(values)) {
      if (value === null) cloud.secrets.delete(name);
      else cloud.secrets.set(name, 'cd34');
    }
    return { status: 200, body: { secrets: [], version: 7 } };
  }
  const listed = [...cloud.secrets].map(([name, digest]) => ({ name, digest, created_at: AT, updated_at: AT }));
  return { status: 200, body: { secrets: listed } };
}

const appOf = ({ app }: FakeFlyCloud): unknown => ({
  id: app,
  name: app,
  internal_numeric_id: 1,
  network: 'default',
  status: 'deployed',
  organization: { name: 'org', slug: 'org', internal_numeric_id: 1 },
  app_role: '',
});

function machineOf({ app }: FakeFlyCloud, machine: FakeMachine): unknown {
  const { id, imageRef, releaseVersion, healthy, stopped, cordoned } = machine;
  const tag = imageRef.split(':')[1] ?? '';
  return {
    id,
    name: `machine-${id.slice(-5)}`,
    state: stopped ? 'stopped' : 'started',
    region: 'iad',
    image_ref: { registry: 'registry.fly.io', repository: app, tag, digest: digestOf(imageRef), labels: {} },
    instance_id: `01K${releaseVersion}`,
    private_ip: 'fdaa::1',
    created_at: AT,
    updated_at: AT,
    config: {
      image: imageRef,
      guest: { cpu_kind: 'shared', cpus: 1, memory_mb: 256 },
      // flyctl waits for the checks that are declared here, and for none when there are none.
      services: [
        {
          protocol: 'tcp',
          internal_port: 8080,
          ports: [{ port: 443, handlers: ['tls', 'http'] }],
          checks: [{ type: 'http', port: 8080, method: 'get', path: '/health', interval: '10s', timeout: '2s' }],
        },
      ],
      metadata: {
        fly_platform_version: 'v2',
        fly_process_group: 'app',
        fly_release_id: `r${releaseVersion}`,
        fly_release_version: String(releaseVersion),
      },
    },
    events: [
      stopped
        ? { type: 'stop', status: 'stopped', source: 'user', timestamp: Date.parse(AT) }
        : { type: 'start', status: 'started', source: 'flyd', timestamp: Date.parse(AT) },
      // Newest first. Without it flyctl watches each machine for 10 s more.
      { type: 'launch', status: 'created', source: 'user', timestamp: Date.parse(AT) - 1_000 },
    ],
    checks: [
      { name: 'servicecheck-00-http-8080', status: healthy ? 'passing' : 'critical', output: '', updated_at: AT },
    ],
    host_status: 'ok',
    cordoned,
  };
}
