/**
 * The lock of a single instance: a file with the owner's process id in the user folder. A second start writes its
 * arguments next to it before it is refused, as in Electron, so it may end at once.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SecondStart {
  readonly argv: readonly string[];
  readonly folder: string;
  /** The data of the second start. */
  readonly data: unknown;
}

/** Tries to take the lock of `folder`. If this process gets it, it is told of every later start. */
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

/** Tries once more when the owner is dead. */
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

/** A rename can be reported twice. The second time the file is gone. */
function take(file: string): SecondStart | null {
  try {
    const start = JSON.parse(readFileSync(file, 'utf8')) as SecondStart;
    rmSync(file);
    return start;
  } catch {
    return null;
  }
}
