import { spawnSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dataFolder } from '../../fixtures/data-folder.ts';

const MAIN = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));

function help(cache: string): { readonly code: number | null; readonly out: string; readonly err: string } {
  const env = { ...process.env, ROLLBOOK_CACHE: cache };
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, '--help'], { env, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

describe('the compiled code of the command line', () => {
  it('is kept in a folder that only its owner can open', () => {
    const cache = dataFolder();
    expect(help(cache)).toMatchObject({ code: 0, err: '' });
    const compiled = join(cache, 'compiled');
    expect(statSync(compiled).mode & 0o777).toBe(0o700);
    expect(readdirSync(compiled, { recursive: true }).length).toBeGreaterThan(2);
  });

  it('is compiled again where no folder can be made', () => {
    const file = join(dataFolder(), 'a-file');
    writeFileSync(file, '');
    const { code, out, err } = help(file);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('rollbook drill --scenario app-rollback');
  });
});
