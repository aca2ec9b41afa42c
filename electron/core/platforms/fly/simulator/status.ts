/** `fly status` (flyctl v0.4.87 internal/command/status/machines.go). */
import { type CloudMachine, imageOf, newestVersion, type SimulatedCloud } from '#core/simulator/simulated-cloud.ts';
import { pause } from '#core/simulator/tool-call.ts';
import { refusal, refusedByQuery } from './app-name.ts';
import { type FlyCall, type FlyCommand, FlyError } from './fly-command.ts';
import { goJson, rfc3339 } from './go-json.ts';
import { machineCheck, machineState } from './machine-health.ts';
import { bold, table, verticalTable } from './table.ts';

const QUERY =
  'query ($appName: String!) { appcompact:app(name: $appName) { id internalNumericId name hostname cnameTarget ' +
  'deployed network status appUrl platformVersion organization { id internalNumericId slug paidPlan } ' +
  'postgresAppRole: role { name } } }';

export const status: FlyCommand = {
  name: 'status',
  short: 'Show app status',
  flags: [
    { name: 'all', takes: 'nothing' },
    { name: 'app', short: 'a', takes: 'string' },
    { name: 'config', short: 'c', takes: 'string' },
    { name: 'deployment', takes: 'nothing' },
    { name: 'json', short: 'j', takes: 'nothing' },
    { name: 'rate', takes: 'int' },
    { name: 'watch', takes: 'nothing' },
  ],
  maxWords: 0,
  needs: 'app',
  run,
};

async function run(call: FlyCall, app: string): Promise<number> {
  const json = call.flags.on('json');
  if (call.flags.on('watch')) {
    throw new FlyError(
      json ? '--watch and --json are not supported together' : '--watch is only supported in a terminal',
    );
  }
  await pause(call, call.cloud.read().scenario.latencies.api);
  const refused = refusal(call, app);
  if (refused !== null) throw new FlyError(`failed to get app: ${refusedByQuery(QUERY, app, refused)}`);
  const cloud = call.cloud.read();
  call.write('stdout', json ? goJson(toJson(cloud, call.clock.now())) : asText(cloud, call.clock.now()));
  return 0;
}

/** A Go map: its keys come out sorted. */
function toJson(cloud: SimulatedCloud, now: number): object {
  const { service } = cloud.scenario;
  return {
    AppURL: '',
    Deployed: true,
    Hostname: service.hostname,
    ID: service.app,
    Machines: byId(cloud).map((machine) => machineJson(cloud, machine, now)),
    Name: service.app,
    Organization: {
      ID: `org_${service.organization}`,
      InternalNumericID: '123',
      Name: '',
      Slug: service.organization,
      RawSlug: '',
      PaidPlan: true,
    },
    PlatformVersion: 'machines',
    Status: 'deployed',
    Version: newestVersion(cloud),
  };
}

export const byId = (cloud: SimulatedCloud): readonly CloudMachine[] =>
  [...cloud.machines].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

/** A machine as the Machines API has it: `fly status --json` and `fly machine list --json` print the same. */
export function machineJson(cloud: SimulatedCloud, machine: CloudMachine, now: number): object {
  const image = imageOf(cloud, machine);
  const state = machineState(cloud, machine, now);
  const check = machineCheck(cloud, machine, now);
  const release = cloud.releases.find((each) => each.version === machine.release);
  return {
    id: machine.id,
    name: machine.name,
    state,
    region: machine.region,
    image_ref: {
      registry: 'registry.fly.io',
      repository: cloud.scenario.service.app,
      tag: image.tag,
      digest: image.digest,
      labels: {},
    },
    instance_id: machine.instanceId,
    private_ip: machine.privateIp,
    created_at: rfc3339(machine.createdAt),
    updated_at: rfc3339(machine.updatedAt),
    config: {
      env: {},
      init: {},
      guest: { cpu_kind: 'shared', cpus: 1, memory_mb: 256 },
      metadata: {
        fly_flyctl_version: cloud.scenario.flyVersion.version,
        fly_platform_version: 'v2',
        fly_process_group: machine.group,
        fly_release_id: release?.id ?? '',
        fly_release_version: String(machine.release),
      },
      services: [],
      checks: {},
      image: machine.imageRef,
    },
    events: [
      state === 'started'
        ? { type: 'start', status: 'started', source: 'flyd', timestamp: machine.startedAt }
        : machine.stoppedAt !== undefined
          ? { type: 'stop', status: state, source: 'user', timestamp: machine.stoppedAt }
          : { type: 'update', status: state, source: 'flyd', timestamp: machine.updatedAt },
    ],
    checks: [
      {
        name: cloud.scenario.checkName,
        status: check.status,
        output: check.output,
        updated_at: rfc3339(check.updatedAt),
      },
    ],
    host_status: 'ok',
    cordoned: machine.cordoned === true,
  };
}

function asText(cloud: SimulatedCloud, now: number): string {
  const { service } = cloud.scenario;
  const newest = [...cloud.machines].sort((a, b) => b.release - a.release)[0];
  const app = verticalTable([
    ['Name', service.app],
    ['Owner', service.organization],
    ['Hostname', service.hostname],
    ['Image', newest === undefined ? '-' : newest.imageRef.replace(/^registry\.fly\.io\//, '')],
  ]);
  const rows = byId(cloud).map((machine) => [
    machine.group,
    machine.id,
    String(machine.release),
    machine.region,
    machineState(cloud, machine, now),
    '',
    `1 total, 1 ${machineCheck(cloud, machine, now).status}`,
    rfc3339(machine.updatedAt),
  ]);
  const header = ['PROCESS', 'ID', 'VERSION', 'REGION', 'STATE', 'ROLE', 'CHECKS', 'LAST UPDATED'];
  const machines = rows.length === 0 ? '' : `${bold('Machines')}\n${table(header, rows)}`;
  return `${bold('App')}\n${app}${machines}`;
}
