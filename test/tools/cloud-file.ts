import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import type { Clock } from '#core/ports.ts';
import { drillClock } from '#core/simulator/drill-clock.ts';
import type { SimulatedCloud, CloudAccess } from '#core/simulator/simulated-cloud.ts';
import { steppingClock } from './virtual-time.ts';

/** `stepping` does not wait. Its time is saved when a tool ends, so that the next one continues from there. */
export type WorldTime =
  | { readonly kind: 'drill'; readonly speed: number; readonly startAt: number; readonly wallStartAt: number }
  | { readonly kind: 'stepping'; readonly at: number };

interface Content {
  readonly time: WorldTime;
  readonly cloud: SimulatedCloud;
}

export interface CloudFile extends CloudAccess {
  readonly clock: Clock;
  /** Saves the time of a stepping clock. */
  close(): void;
}

export function createCloudFile(path: string, cloud: SimulatedCloud, time: WorldTime): CloudFile {
  write(path, { cloud, time });
  return openCloudFile(path);
}

/** A simulated cloud in a file that several processes share, with a lock. Each change replaces the file. */
export function openCloudFile(path: string): CloudFile {
  const { time } = read(path);
  const clock = clockOf(time);
  const update = (change: (content: Content) => Content): Content =>
    locked(path, () => {
      const content = change(read(path));
      write(path, content);
      return content;
    });
  return {
    clock,
    read: () => read(path).cloud,
    update: (change) => update((content) => ({ ...content, cloud: change(content.cloud) })).cloud,
    close: () => {
      if (time.kind === 'stepping') update((content) => ({ ...content, time: { kind: 'stepping', at: clock.now() } }));
    },
  };
}

function clockOf(time: WorldTime): Clock {
  return time.kind === 'stepping' ? steppingClock(time.at) : drillClock(wallClock, time);
}

const wallClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      // setTimeout ends at once for anything above this.
      const timer = setTimeout(end, Math.min(ms, 2 ** 31 - 1));
      if (signal?.aborted) end();
      else signal?.addEventListener('abort', end);
    }),
};

const read = (path: string): Content => JSON.parse(readFileSync(path, 'utf8')) as Content;

function write(path: string, content: Content): void {
  const next = `${path}.${process.pid}`;
  writeFileSync(next, JSON.stringify(content));
  renameSync(next, path);
}

function locked<T>(path: string, act: () => T): T {
  const lock = `${path}.lock`;
  const deadline = Date.now() + 10_000;
  while (!tryLock(lock)) {
    if (Date.now() > deadline) throw new Error(`${lock} is held too long`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
  }
  try {
    return act();
  } finally {
    rmSync(lock);
  }
}

function tryLock(lock: string): boolean {
  try {
    const file = openSync(lock, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch {
    dropDeadLock(lock);
    return false;
  }
}

/** A tool that was killed inside the lock must not stop the others. */
function dropDeadLock(lock: string): void {
  let holder: number;
  try {
    holder = Number(readFileSync(lock, 'utf8'));
  } catch {
    return;
  }
  // Empty: its owner is about to write its process id.
  if (holder === 0) return;
  try {
    process.kill(holder, 0);
  } catch {
    rmSync(lock, { force: true });
  }
}
