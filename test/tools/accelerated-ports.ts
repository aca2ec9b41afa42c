/** A system clock that goes faster: what waits for a moment waits a fraction of it. For stories of real programs. */
import { drillClock } from '#core/simulator/drill-clock.ts';
import { systemPorts } from '#core/system-ports.ts';
import type { Ports } from '#core/ports.ts';

/** `speed` times as fast as the system's own time from `since` (ms since the Unix epoch) on. */
export function acceleratedPorts(speed: number, since: number): Ports {
  const ports = systemPorts();
  return { ...ports, clock: drillClock(ports.clock, { speed, startAt: since, wallStartAt: since }) };
}
