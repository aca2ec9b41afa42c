/** Anything else in place of the store is refused at once, with what it is, and is not changed. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { skippedFor } from '../../fixtures/skipping.ts';
import { failure, open, temporaryFolder } from './sample.ts';

const fileOf = (folder: string, end = ''): string => join(folder, `rollbook.db${end}`);
const noFifos = skippedFor(process.platform === 'win32' ? 'Windows has no FIFOs' : null);

describe('a named pipe', noFifos, () => {
  it.each(['', '-wal', '-shm', '-journal'])('in the place of rollbook.db%s is refused', async (end) => {
    const folder = temporaryFolder();
    if (end !== '') await (await open(folder)).close();
    execFileSync('mkfifo', [fileOf(folder, end)]);
    const refused = failure('store-unwritable', `${fileOf(folder, end)} is a named pipe, not a file`);
    await expect(open(folder)).rejects.toEqual(refused);
    await expect(open(folder, { readOnly: true })).rejects.toEqual(refused);
    expect(statSync(fileOf(folder, end)).isFIFO()).toBe(true);
  });
});

it('refuses a folder in its place', async () => {
  const folder = temporaryFolder();
  mkdirSync(fileOf(folder));
  await expect(open(folder)).rejects.toEqual(failure('store-unwritable', `${fileOf(folder)} is a folder, not a file`));
});

describe('an empty file', () => {
  const left = (folder: string): void => {
    mkdirSync(join(folder, 'outputs'), { mode: 0o700 });
    writeFileSync(join(folder, 'outputs', 'RUN.log'), 'ok\n');
  };
  const noWait = { sleep: () => Promise.resolve() };

  it('is refused beside outputs of incidents, and stays empty', async () => {
    const folder = temporaryFolder();
    left(folder);
    writeFileSync(fileOf(folder), '');
    const refused = failure('store-corrupt', 'The store is empty (0 bytes)');
    await expect(open(folder, noWait)).rejects.toEqual(refused);
    await expect(open(folder, { ...noWait, readOnly: true })).rejects.toEqual(refused);
    expect(readdirSync(folder).toSorted()).toEqual(['outputs', 'rollbook.db']);
    expect(statSync(fileOf(folder)).size).toBe(0);
  });

  it('is where a store begins when nothing lies beside it, and so is none at all beside outputs', async () => {
    const alone = temporaryFolder();
    writeFileSync(fileOf(alone), '');
    await (await open(alone)).close();
    const moved = temporaryFolder();
    left(moved);
    await (await open(moved)).close();
    expect([alone, moved].map((folder) => statSync(fileOf(folder)).size > 0)).toEqual([true, true]);
  });

  it('is waited for when another Rollbook is just making it', async () => {
    const folder = temporaryFolder();
    left(folder);
    writeFileSync(fileOf(folder), '');
    const makes = async (): Promise<void> => {
      if (!existsSync(fileOf(folder)) || statSync(fileOf(folder)).size > 0) return;
      rmSync(fileOf(folder));
      await (await open(folder)).close();
    };
    await (await open(folder, { sleep: makes })).close();
    expect(statSync(fileOf(folder)).size).toBeGreaterThan(0);
  });
});
