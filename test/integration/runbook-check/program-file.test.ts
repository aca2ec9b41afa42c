import { createHash } from 'node:crypto';
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256OfProgram } from '#core/runbook-check/program-file.ts';
import { dataFolder } from '../../fixtures/data-folder.ts';

const MB = 1024 * 1024;

describe('the hash of a program', () => {
  it('is made beside everything else, however large the file', async () => {
    const path = join(dataFolder(), 'large');
    writeFileSync(path, '\x7fELF');
    truncateSync(path, 64 * MB);
    let turns = 0;
    let over = false;
    const turn = (): void => {
      turns += 1;
      if (!over) setImmediate(turn);
    };
    setImmediate(turn);
    const hash = await sha256OfProgram(path);
    over = true;
    // Between the pieces other work can run.
    expect(turns).toBeGreaterThanOrEqual(64);
    expect(hash).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
  });

  it('is that of the file as it is now, also when only its bytes have changed', async () => {
    const path = join(dataFolder(), 'program');
    const hashes: string[] = [];
    for (const text of ['one', 'two', 'one']) {
      writeFileSync(path, text);
      hashes.push(await sha256OfProgram(path));
    }
    expect(hashes[0]).not.toBe(hashes[1]);
    expect(hashes[2]).toBe(hashes[0]);
    rmSync(path);
    await expect(sha256OfProgram(path)).rejects.toThrow('ENOENT');
  });
});
