/** The system's own clock, timers and random ids. Nothing else in the core asks for them: oxlint refuses it. */
import { ulid } from 'ulid';
import type { Ports, Timers } from './ports.ts';
import { systemClock } from './runner/system-clock.ts';

const systemTimers: Timers = {
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  every(ms, work) {
    const timer = setInterval(work, ms).unref();
    return () => clearInterval(timer);
  },
};

export const systemPorts = (): Ports => ({ clock: systemClock(), timers: systemTimers, newId: ulid });
