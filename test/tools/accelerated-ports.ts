/** A faster system clock, which shortens waits in tests with real programs. */
import { drillClock } from '#core/simulator/drill-clock.ts';
import { systemPorts } from '#core/system-ports.ts';
import type { Ports } from '#core/ports.ts';

/** Runs `speed` times faster than real time, from `since` (ms since the Unix epoch) on. */
export function acceleratedPorts(speed: number, since: number): Ports {
  const ports = systemPorts();
  return { ...ports, clock: drillClock(ports.clock, { speed, startAt: since, wallStartAt: since }) };
}
