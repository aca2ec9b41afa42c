/**
 * `fly machine list|stop|start|cordon|uncordon` (flyctl v0.4.87 internal/command/machine). Stop and start end as soon as
 * Fly has taken the request, unless `--wait-timeout` is given; a machine that is not known ends the command before the
 * first one is touched.
 */
import { type CloudMachine, imageOf, leaseHeldByOther, type SimulatedCloud } from '#core/simulator/simulated-cloud.ts';
import { pause } from '#core/simulator/tool-call.ts';
import { GRAPHQL, noNetwork, refusal } from './app-name.ts';
import type { Flag } from './flags.ts';
import { type FlyCall, type FlyCommand, FlyError } from './fly-command.ts';
import { goJson, rfc3339 } from './go-json.ts';
import { machineState } from './machine-health.ts';
import { byId, machineJson } from './status.ts';
import { bold, table } from './table.ts';

const FLAGS: readonly Flag[] = [
  { name: 'app', short: 'a', takes: 'string' },
  { name: 'config', short: 'c', takes: 'string' },
];
const ANY_NUMBER = 10_000;
/** How long a machine takes to end after the signal. */
const STOP_MS = 4_000;

const machineList: FlyCommand = {
  name: 'machine list',
  short: 'List Fly machines',
  flags: [...FLAGS, { name: 'json', short: 'j', takes: 'nothing' }, { name: 'quiet', short: 'q', takes: 'nothing' }],
  maxWords: 0,
  needs: 'app',
  run: list,
};

async function list(call: FlyCall, app: string): Promise<number> {
  await reach(call, app, 'list of machines could not be retrieved');
  const cloud = call.cloud.read();
  const now = call.clock.now();
  const machines = byId(cloud);
  if (call.flags.on('json')) {
    call.write('stdout', goJson(machines.map((machine) => machineJson(cloud, machine, now))));
    return 0;
  }
  // render.Table without a title or a header: one id a line.
  if (call.flags.on('quiet')) {
    call.write('stdout', machines.map(({ id }) => `${id}\n`).join('') + (machines.length === 0 ? '' : '\n'));
    return 0;
  }
  if (machines.length === 0) {
    call.write('stdout', `No machines are available on this app ${app}\n`);
    return 0;
  }
  call.write(
    'stdout',
    `${machines.length} machines have been retrieved from app ${app}.\n` +
      `View them in the UI here (https://fly.io/apps/${app}/machines/)\n\n${bold(app)}\n`,
  );
  const header = ['ID', 'NAME', 'STATE', 'REGION', 'IMAGE', 'IP ADDRESS', 'CREATED', 'LAST UPDATED', 'PROCESS GROUP'];
  const rows = machines.map((machine) => [
    machine.id,
    machine.name,
    machineState(cloud, machine, now),
    machine.region,
    `${app}:${imageOf(cloud, machine).tag}`,
    machine.privateIp,
    rfc3339(machine.createdAt),
    rfc3339(machine.updatedAt),
    machine.group,
  ]);
  call.write('stdout', table(header, rows));
  return 0;
}

async function reach(call: FlyCall, app: string, what: string): Promise<void> {
  await pause(call, call.cloud.read().scenario.latencies.api);
  const refused = refusal(call, app);
  if (refused === 'no-network') throw new FlyError(`${what}: ${noNetwork('Post', GRAPHQL)}`);
  if (refused === 'not-found') throw new FlyError(`${what}: failed to get app '${app}': Could not find App "${app}"`);
}

type Change = (cloud: SimulatedCloud, machine: CloudMachine, now: number) => CloudMachine;

interface Verb {
  readonly name: string;
  readonly short: string;
  readonly flags?: readonly Flag[];
  readonly before: (id: string) => string;
  readonly after: (id: string) => string;
  readonly change: Change;
}

const VERBS: readonly Verb[] = [
  {
    name: 'stop',
    short: 'Stop one or more Fly machines',
    flags: [
      { name: 'signal', short: 's', takes: 'string' },
      { name: 'timeout', takes: 'int' },
      { name: 'wait-timeout', short: 'w', takes: 'string' },
    ],
    before: (id) => `Sending kill signal to machine ${id}...\n`,
    after: (id) => `${id} has been successfully stopped\n`,
    change: (cloud, machine, now) =>
      machine.stoppedAt !== undefined || cloud.scenario.trouble.stopIgnoredBy.includes(machine.id)
        ? machine
        : { ...machine, stoppedAt: now + STOP_MS },
  },
  {
    name: 'start',
    short: 'Start one or more Fly machines',
    before: () => '',
    after: (id) => `${id} has been started\n`,
    change: (cloud, machine, now) => {
      const { stoppedAt, ...standing } = machine;
      if (stoppedAt === undefined) return machine;
      return { ...standing, startedAt: now + cloud.scenario.latencies.startMachine, startedByHand: true };
    },
  },
  {
    name: 'cordon',
    short: 'Deactivate all services on a machine',
    before: (id) => `Activating cordon on machine ${id}...\n`,
    after: () => 'done!\n',
    change: (_world, machine) => ({ ...machine, cordoned: true }),
  },
  {
    name: 'uncordon',
    short: 'Reactivate all services on a machine',
    before: (id) => `Deactivating cordon on machine ${id}...\n`,
    after: () => 'done!\n',
    change: (_world, machine) => ({ ...machine, cordoned: false }),
  },
];

async function each(call: FlyCall, app: string, verb: Verb): Promise<number> {
  const ids = call.flags.words;
  if (ids.length === 0) throw new FlyError('a machine ID must be specified when not running interactively');
  await reach(call, app, 'could not create flaps client');
  const known = new Set(call.cloud.read().machines.map(({ id }) => id));
  const stranger = ids.find((id) => !known.has(id));
  if (stranger !== undefined) throw new FlyError(`machine ${stranger} was not found in app '${app}'`);
  const held = leaseHeldByOther(call.cloud.read(), '', call.clock.now());
  if (held !== null) throw new FlyError(`failed to get lease on VM ${held}: request returned non-2xx status: 409`);
  for (const id of ids) {
    call.write('stdout', verb.before(id));
    await pause(call, call.cloud.read().scenario.latencies.api);
    call.cloud.update((cloud) => ({
      ...cloud,
      machines: cloud.machines.map((machine) =>
        machine.id === id ? verb.change(cloud, machine, call.clock.now()) : machine,
      ),
    }));
    call.write('stdout', verb.after(id));
  }
  return 0;
}

export const MACHINE_COMMANDS: readonly FlyCommand[] = [
  machineList,
  ...VERBS.map(
    (verb): FlyCommand => ({
      name: `machine ${verb.name}`,
      short: verb.short,
      flags: [...FLAGS, { name: 'select', takes: 'nothing' }, ...(verb.flags ?? [])],
      maxWords: ANY_NUMBER,
      needs: 'app',
      run: (call, app) => each(call, app, verb),
    }),
  ),
];
