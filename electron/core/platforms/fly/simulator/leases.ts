/** Leases of machines: flyctl tries for a minute to get one that somebody else holds, and renews its own while it works. */
import { leaseHeldByOther, type SimulatedCloud, takeLeases } from '#core/simulator/simulated-cloud.ts';
import { pause } from '#core/simulator/tool-call.ts';
import { type FlyCall, flyError } from './fly-command.ts';
import { rfc3339 } from './go-text.ts';

/** Duration of a lease, interval of its renewal, how long and how often flyctl tries. */
export const LEASE_MS = 13_000;
const RENEWAL_MS = 4_000;
const PATIENCE_MS = 59_500;
const POLL_MS = 1_000;

/** Waits until nobody else holds the machines, then takes them for `holder`, if there is one. @throws FlyError after a minute. */
export async function awaitLease(call: FlyCall, id: string, holder: string | null): Promise<void> {
  const until = call.clock.now() + PATIENCE_MS;
  for (;;) {
    const now = call.clock.now();
    const free = (cloud: SimulatedCloud): boolean => leaseHeldByOther(cloud, holder ?? '', now) === null;
    const after = call.cloud.update((cloud) =>
      holder !== null && free(cloud) ? takeLeases(cloud, holder, now + LEASE_MS) : cloud,
    );
    const held = leaseHeldByOther(after, holder ?? '', now);
    if (held === null) return;
    if (now >= until) {
      const who = held.holder.replace(/#.*/, '');
      throw flyError('lease', { id, holder: who, until: rfc3339(held.expiresAt) });
    }
    await pause(call, Math.min(POLL_MS, until - now));
  }
}

export function renew(call: FlyCall, holder: string): void {
  call.cloud.update((cloud) => takeLeases(cloud, holder, call.clock.now() + LEASE_MS));
}

/** Waits while keeping the leases. */
export async function hold(call: FlyCall, holder: string, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= RENEWAL_MS) {
    await pause(call, Math.min(left, RENEWAL_MS));
    renew(call, holder);
  }
}
