import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { oneAtATime } from '../../../build/setup/one-at-a-time.mjs';

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-lock-'));
  lock = join(folder, 'setup.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function leftover(pid: string | undefined, ageMs: number): void {
  mkdirSync(lock);
  if (pid !== undefined) writeFileSync(join(lock, 'pid'), pid);
  const then = new Date(Date.now() - ageMs);
  utimesSync(lock, then, then);
}

describe('setting up', () => {
  it('is done by one start at a time', async () => {
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
    };
    await Promise.all([oneAtATime(work, lock), oneAtATime(work, lock), oneAtATime(work, lock)]);
    expect(most).toBe(1);
    expect(existsSync(lock)).toBe(false);
  });

  it('frees the place when it fails', async () => {
    await expect(oneAtATime(() => Promise.reject(new Error('disk')), lock)).rejects.toThrow('disk');
    expect(existsSync(lock)).toBe(false);
  });

  it.each([
    ['whose process died', '999999999', 0],
    ['whose process number now belongs to somebody else', String(process.pid), 16 * 60_000],
    ['whose process died before it could sign', undefined, 6_000],
  ])('takes a lock %s', async (_name, pid, ageMs) => {
    leftover(pid, ageMs);
    await expect(oneAtATime(() => Promise.resolve('done'), lock)).resolves.toBe('done');
  });
});
