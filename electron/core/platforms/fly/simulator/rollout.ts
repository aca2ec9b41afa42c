/**
 * Rolls out a new release: its record, the leases of the machines, their update (flyctl v0.4.87
 * internal/command/deploy).
 */
import type { ScenarioImage } from '#core/simulator/scenario.ts';
import { parseDuration } from '#shared/words/duration.ts';
import { Interrupted, Killed } from '#core/simulator/tool-call.ts';
import {
  beginRelease,
  type CloudRelease,
  dropLeases,
  endRelease,
  leaseHeldByOther,
  newestVersion,
  takeLeases,
} from '#core/simulator/simulated-cloud.ts';
import { type FlyCall, FlyError } from './fly-command.ts';
import { LEASE_MS, type Rollout, updateMachines } from './machine-update.ts';

interface NewRelease {
  readonly image: ScenarioImage;
  readonly ref: string;
  readonly description: string;
}

/** Makes the release, updates the machines and records how it ended; a killed deploy leaves it "running". */
export async function rollOut(
  call: FlyCall,
  app: string,
  { image, ref, description }: NewRelease,
): Promise<CloudRelease> {
  const strategy = strategyOf(call);
  const begun = call.cloud.update((cloud) => beginRelease(cloud, ref, call.clock.now(), description));
  const version = newestVersion(begun);
  const holder = `v${version}`;
  const end = (status: CloudRelease['status']): void => {
    call.cloud.update((cloud) => dropLeases(endRelease(cloud, version, status), holder));
  };
  try {
    lease(call, holder);
    call.write('stdout', `Updating existing machines in '${app}' with ${strategy} strategy\n`);
    const rollout: Rollout = { image, version, holder, strategy, waitMs: waitTimeout(call) };
    await updateMachines(call, rollout);
    end('complete');
    call.cloud.update((cloud) => ({ ...cloud, deployedOwn: true, readings: 0 }));
  } catch (thrown) {
    if (!(thrown instanceof Killed)) end(thrown instanceof Interrupted ? 'interrupted' : 'failed');
    throw thrown;
  }
  const release = call.cloud.read().releases.find((each) => each.version === version);
  if (release === undefined) throw new Error(`release v${version} has vanished`);
  return release;
}

function lease(call: FlyCall, holder: string): void {
  const now = call.clock.now();
  call.cloud.update((cloud) => {
    const held = leaseHeldByOther(cloud, holder, now);
    if (held !== null) {
      throw new FlyError(`failed to get lease on VM ${held}: request returned non-2xx status: 409`);
    }
    return takeLeases(cloud, holder, now + LEASE_MS);
  });
}

function strategyOf(call: FlyCall): Rollout['strategy'] {
  const asked = call.flags.text('strategy') || 'rolling';
  if (asked === 'rolling' || asked === 'immediate') return asked;
  throw new FlyError(`the drill simulator does not play "--strategy ${asked}"`);
}

/** "5m", "300" (seconds) or "none". */
function waitTimeout(call: FlyCall): number {
  const text = call.flags.text('wait-timeout') || '5m';
  if (text === 'none') return Number.POSITIVE_INFINITY;
  const ms = /^\d+[smh]?$/.test(text) ? parseDuration(/\d$/.test(text) ? `${text}s` : text) : null;
  if (ms === null) {
    throw new FlyError(
      `invalid duration value ${text} used for --wait-timeout flag: valid options are a number of seconds, number with time unit (i.e.: 5m, 180s) or 'none'`,
    );
  }
  return ms;
}
