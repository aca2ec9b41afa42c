/**
 * `fly machine stop|start|restart|cordon|uncordon` (flyctl v0.4.87 internal/command/machine). Stop and start end as soon as
 * Fly has taken the request, unless `--wait-timeout` is given; a machine that is not known ends the command before the first
 * one is touched.
 */
import type { CloudMachine, SimulatedCloud } from '#core/simulator/simulated-cloud.ts';
import { pause } from '#core/simulator/tool-call.ts';
import { type FlyCall, type FlyCommand, flyError, notPlayed, reach } from './fly-command.ts';
import { awaitLease } from './leases.ts';
import { findMachine } from './machine-update.ts';
import { machineCheck } from './machine-health.ts';

/** How long a machine takes to end after the signal, and how often a restart looks. */
const STOP_MS = 4_000;
const POLL_MS = 1_000;
/** Beyond what was recorded. */
const RESTART_MS = 5 * 60_000;

function startedAgain(cloud: SimulatedCloud, machine: CloudMachine, now: number): CloudMachine {
  const { stoppedAt: _, stopAskedAt: __, ...standing } = machine;
  return { ...standing, startedAt: now + cloud.scenario.latencies.startMachine, startedByHand: true };
}

interface Verb {
  readonly before: (id: string) => string;
  readonly after: (id: string) => string;
  readonly change: (cloud: SimulatedCloud, machine: CloudMachine, now: number) => CloudMachine;
}

const VERBS: Readonly<Record<string, Verb>> = {
  stop: {
    before: (id) => `Sending kill signal to machine ${id}...\n`,
    after: (id) => `${id} has been successfully stopped\n`,
    change: (cloud, machine, now) =>
      machine.stoppedAt !== undefined || cloud.scenario.trouble.stopIgnoredBy.includes(machine.id)
        ? machine
        : { ...machine, stopAskedAt: now, stoppedAt: now + STOP_MS },
  },
  start: {
    before: () => '',
    after: (id) => `${id} has been started\n`,
    change: (cloud, machine, now) => {
      return machine.stoppedAt === undefined ? machine : startedAgain(cloud, machine, now);
    },
  },
  cordon: {
    before: (id) => `Activating cordon on machine ${id}...\n`,
    after: () => 'done!\n',
    change: (_cloud, machine) => ({ ...machine, cordoned: true }),
  },
  uncordon: {
    before: (id) => `Deactivating cordon on machine ${id}...\n`,
    after: () => 'done!\n',
    change: (_cloud, machine) => ({ ...machine, cordoned: false }),
  },
};

/** The ids of the call. @throws FlyError when there is none, one is not known, or somebody else holds the machines. */
async function named(call: FlyCall, app: string): Promise<readonly string[]> {
  const ids = call.flags.words;
  const [first] = ids;
  if (first === undefined) throw flyError('no-machine-named');
  await reach(call, 'machine', app, first);
  const known = new Set(call.cloud.read().machines.map(({ id }) => id));
  const stranger = ids.find((id) => !known.has(id));
  if (stranger !== undefined) throw flyError('no-such-machine', { id: stranger, app });
  await awaitLease(call, first, null);
  return ids;
}

const withMachine = (cloud: SimulatedCloud, id: string, change: (machine: CloudMachine) => CloudMachine) => ({
  ...cloud,
  machines: cloud.machines.map((machine) => (machine.id === id ? change(machine) : machine)),
});

async function each(call: FlyCall, app: string, verb: Verb): Promise<void> {
  const ids = await named(call, app);
  for (const id of ids) {
    call.write('stdout', verb.before(id));
    await pause(call, call.cloud.read().scenario.latencies.api);
    call.cloud.update((cloud) => withMachine(cloud, id, (machine) => verb.change(cloud, machine, call.clock.now())));
    if (call.flags.text('--wait-timeout -w') !== '') await pause(call, STOP_MS);
    call.write('stdout', verb.after(id));
  }
}

/** Waits until each machine is healthy again, with a line a second. */
async function restart(call: FlyCall, app: string): Promise<void> {
  const ids = await named(call, app);
  for (const id of ids) {
    call.write('stdout', `Restarting machine ${id}\n`);
    const { scenario } = call.cloud.update((cloud) =>
      withMachine(cloud, id, (machine) => startedAgain(cloud, machine, call.clock.now())),
    );
    await pause(call, scenario.latencies.startMachine);
    const end = call.clock.now() + RESTART_MS;
    for (let healthy = scenario.checkName === null; !healthy; ) {
      if (call.clock.now() > end) throw notPlayed('a restart whose checks do not pass');
      healthy = machineCheck(call.cloud.read(), findMachine(call, id), call.clock.now()).status === 'passing';
      const count = healthy ? '1/1' : '0/1';
      call.write('stderr', `  Waiting for ${id} to become healthy (started, ${count})\n`);
      if (!healthy) await pause(call, POLL_MS);
    }
    call.write('stdout', `Machine ${id} restarted successfully!\n`);
  }
}

export const MACHINE_VERBS: Readonly<Record<string, FlyCommand>> = {
  'machine restart': { needs: 'app', run: restart },
  ...Object.fromEntries(
    Object.entries(VERBS).map(([name, verb]) => [
      `machine ${name}`,
      { needs: 'app', run: (call, app) => each(call, app, verb) } satisfies FlyCommand,
    ]),
  ),
};
