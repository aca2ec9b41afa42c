/**
 * Updating machines in place, one after the other, with the progress lines of a run without a terminal
 * (flyctl v0.4.87 internal/statuslogger/noninteractive.go, internal/machine/leasable_machine.go). The first machine is
 * updated alone; with two machines the order is the same as flyctl's.
 */
import type { ScenarioImage } from '#core/simulator/scenario.ts';
import { type CloudMachine, replaceMachine, takeLeases } from '#core/simulator/simulated-cloud.ts';
import { hang, pause } from '#core/simulator/tool-call.ts';
import { type FlyCall, FlyError } from './fly-command.ts';
import { machineCheck, machineState } from './machine-health.ts';

/** Duration of a lease, interval of its renewal, interval of machine checks, duration of a smoke check. */
export const LEASE_MS = 13_000;
const LEASE_RENEWAL_MS = 4_000;
const POLL_MS = 1_000;
const SMOKE_MS = 10_000;

export interface Rollout {
  readonly image: ScenarioImage;
  /** Version of the new release. */
  readonly version: number;
  readonly holder: string;
  readonly strategy: 'rolling' | 'immediate';
  /** For each machine and each wait. */
  readonly waitMs: number;
}

type Glyph = '>' | '✔' | '✖';
type Say = (glyph: Glyph, text: string) => void;

export async function updateMachines(call: FlyCall, rollout: Rollout): Promise<void> {
  const { machines } = call.cloud.read();
  const digits = String(machines.length).length;
  for (const [index, machine] of machines.entries()) {
    const place = `[${String(index + 1).padStart(digits, '0')}/${machines.length}]`;
    const say: Say = (glyph, text) => call.write('stdout', `${glyph} ${place} ${text}\n`);
    try {
      await updateMachine(call, rollout, machine, say);
    } catch (thrown) {
      if (thrown instanceof FlyError) say('✖', `Failed: ${thrown.message.split('\n')[0]}`);
      throw thrown;
    }
  }
}

async function updateMachine(call: FlyCall, rollout: Rollout, machine: CloudMachine, say: Say): Promise<void> {
  const shown = `${machine.id} [${machine.group}]`;
  say('>', `Updating ${shown}`);
  await stuck(call, rollout);
  await hold(call, rollout, call.cloud.read().scenario.latencies.updateMachine);
  call.cloud.update((cloud) => replaceMachine(cloud, machine.id, rollout.image, rollout.version, call.clock.now()));
  if (rollout.strategy === 'immediate') return;
  // A stopped machine gets the image and is not started, so nothing is waited for (machines_launchinput.go, skipLaunch).
  const careful = !call.flags.on('detach') && machine.stoppedAt === undefined;
  if (careful) {
    say('>', `Waiting for ${shown} to have state: started`);
    await started(call, rollout, machine.id);
    say('>', `Machine ${shown} has state: started`);
  }
  if (careful && call.flags.on('smoke-checks', true)) {
    say('>', `Checking that ${shown} is up and running`);
    await hold(call, rollout, SMOKE_MS);
    notCrashing(call, rollout, machine.id);
  }
  if (careful)
    await healthy(call, rollout, machine.id, (count) => {
      // The message itself ends with a newline, so an empty line follows.
      say('>', `Waiting for ${shown} to become healthy: ${count}\n`);
    });
  say('✔', `Machine ${shown} update succeeded`);
}

/** Waits while keeping the leases. */
async function hold(call: FlyCall, rollout: Rollout, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= LEASE_RENEWAL_MS) {
    await pause(call, Math.min(left, LEASE_RENEWAL_MS));
    call.cloud.update((cloud) => takeLeases(cloud, rollout.holder, call.clock.now() + LEASE_MS));
  }
}

/** A deploy that never ends: the request is not answered, the leases are renewed for ever. */
async function stuck(call: FlyCall, rollout: Rollout): Promise<void> {
  const { deployHangs } = call.cloud.read().scenario.trouble;
  if (deployHangs === undefined) return;
  await hang(call, deployHangs.interrupt === 'ignored', () => {
    call.cloud.update((cloud) => takeLeases(cloud, rollout.holder, call.clock.now() + LEASE_MS));
  });
}

function find(call: FlyCall, id: string): CloudMachine {
  const machine = call.cloud.read().machines.find((each) => each.id === id);
  if (machine === undefined) throw new FlyError(`failed to get VM ${id}: machine not found`);
  return machine;
}

async function started(call: FlyCall, rollout: Rollout, id: string): Promise<void> {
  const until = call.clock.now() + rollout.waitMs;
  for (;;) {
    const machine = find(call, id);
    const now = call.clock.now();
    const state = machineState(call.cloud.read(), machine, now);
    // A crashing image does reach "started" for a moment; the smoke check finds it.
    if (state === 'started' || state === 'stopped') return;
    if (now >= until) {
      throw new FlyError(
        `timeout reached waiting for machine's state to change`,
        'Your machine was created, but never started or exited immediately. You can try increasing the timeout with the --wait-timeout flag',
      );
    }
    await hold(call, rollout, Math.min(POLL_MS, until - now));
  }
}

function notCrashing(call: FlyCall, rollout: Rollout, id: string): void {
  if (rollout.image.start !== 'crashes') return;
  const last = call.cloud
    .read()
    .logs.filter((log) => log.machine === id)
    .slice(-3)
    .map((log) => `  ${log.message}`);
  throw new FlyError(
    [
      `smoke checks for ${id} failed: the app appears to be crashing`,
      `Check its logs: here's the last lines below, or run 'fly logs -i ${id}':`,
      ...last,
    ].join('\n'),
  );
}

async function healthy(call: FlyCall, rollout: Rollout, id: string, say: (count: string) => void): Promise<void> {
  const until = call.clock.now() + rollout.waitMs;
  for (let waited = false; ; waited = true) {
    const now = call.clock.now();
    if (machineCheck(call.cloud.read(), find(call, id), now).status === 'passing') return say('1/1');
    if (!waited) say('0/1');
    if (now >= until) {
      const { app } = call.cloud.read().scenario.service;
      throw new FlyError(
        `timeout reached waiting for health checks to pass for machine ${id}: failed to get VM ${id}: ` +
          `Get "https://api.machines.dev/v1/apps/${app}/machines/${id}": context deadline exceeded`,
        'You can try increasing the timeout with the --wait-timeout flag',
      );
    }
    await hold(call, rollout, Math.min(POLL_MS, until - now));
  }
}
