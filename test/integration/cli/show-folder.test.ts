import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandLine } from '../../fixtures/command-line.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-show-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (path: string, content: string | Buffer): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
};

const RUNBOOK =
  '# A\n\n## Option 1: Go\n\n1. **Look**\n   ```bash\n   fly status -a a\n   fly logs -a a -n\n   ```\n2. **Tell**\n';

describe('rollbook show on a folder', () => {
  it('prints a line for each Markdown file', async () => {
    put('b/back.md', RUNBOOK);
    put('a.md', '# Notes\n');
    put('node_modules/x/README.md', RUNBOOK);
    put('run.sh', 'ls\n');
    const { code, out } = await commandLine().run(['show', folder]);
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^file +procedures +steps +commands +gaps +read in$/);
    expect(lines[1]).toMatch(/^a\.md +0 +0 +0 +\d+ +\d+\.\d\d s$/);
    expect(lines[2]).toMatch(/^b\/back\.md +1 +2 +2 +\d+ +\d+\.\d\d s$/);
    expect(lines[4]).toBe('2 files, 1 with procedures.');
  });

  it('shows the others when one cannot be read, and says why', async () => {
    put('a.md', RUNBOOK);
    put('wide.md', Buffer.from('\uFEFF# Wide', 'utf16le'));
    const { code, out } = await commandLine().run(['show', folder]);
    expect(code).toBe(2);
    expect(out).toContain('wide.md is UTF-16 text; a runbook is UTF-8.');
    expect(out).toContain('2 files, 1 with procedures, 1 that cannot be read.');
    const json = await commandLine().run(['show', folder, '--json']);
    expect(json.json()).toMatchObject({ files: [{ file: 'a.md', steps: 2, refused: null }, { file: 'wide.md' }] });
  });

  it('refuses a folder without one', async () => {
    const { code, err } = await commandLine().run(['show', folder]);
    expect(code).toBe(2);
    expect(err).toContain('There is no Markdown file in');
  });
});
