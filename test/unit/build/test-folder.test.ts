import { existsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../../../build/checks/test-folder.mjs';

describe('the folder of a stage', () => {
  it('is its own where files can be kept in memory, open to the user that PostgreSQL runs as, and gone with `remove`', () => {
    // Any folder with room stands for memory.
    const { path, remove } = testFolder(tmpdir());
    expect(path.startsWith(join(tmpdir(), 'rollbook-tests-'))).toBe(true);
    expect(statSync(path).mode & 0o7777).toBe(0o1777);
    remove();
    expect(existsSync(path)).toBe(false);
  });

  it('is the system’s where there is no memory to keep files in, and stays', () => {
    const { path, remove } = testFolder(join(tmpdir(), 'nowhere'));
    expect(path).toBe(tmpdir());
    remove();
    expect(existsSync(path)).toBe(true);
  });
});
