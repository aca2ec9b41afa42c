/**
 * The lock of a single instance: a file with the holder's process id in the user's folder. A second start leaves its
 * arguments beside it before it is told no, as Electron does, so it may end at once.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SecondStart {
  readonly argv: readonly string[];
  readonly folder: string;
  /** What the second start gave to its question. */
  readonly data: unknown;
}

/** Whether this process holds the lock of `folder` now; if so, it is told of every later start. */
export function askForLock(folder: string, data: unknown, told: (start: SecondStart) => void): boolean {
  const lock = join(folder, 'instance.lock');
  const starts = join(folder, 'starts');
  mkdirSync(starts, { recursive: true });
  if (!taken(lock)) {
    leave(starts, { argv: process.argv, folder: process.cwd(), data });
    return false;
  }
  for (const name of readdirSync(starts)) rmSync(join(starts, name));
  process.on('exit', () => rmSync(lock, { force: true }));
  const watcher = watch(starts, (_event, name) => {
    if (name === null || !name.endsWith('.json')) return;
    const start = take(join(starts, name));
    if (start !== null) told(start);
  });
  watcher.unref();
  return true;
}

/** One try more when its holder is dead. */
function taken(lock: string): boolean {
  for (const _try of [1, 2]) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return true;
    } catch {
      if (isAlive(Number(readFileSync(lock, 'utf8')))) return false;
      rmSync(lock, { force: true });
    }
  }
  return false;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function leave(starts: string, start: SecondStart): void {
  const draft = join(starts, `${process.pid}.draft`);
  writeFileSync(draft, JSON.stringify(start));
  renameSync(draft, join(starts, `${process.pid}.json`));
}

/** A rename may be told twice: the second time there is nothing any more. */
function take(file: string): SecondStart | null {
  try {
    const start = JSON.parse(readFileSync(file, 'utf8')) as SecondStart;
    rmSync(file);
    return start;
  } catch {
    return null;
  }
}
