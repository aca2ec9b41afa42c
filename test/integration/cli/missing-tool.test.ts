/** With a tool of the runbook missing, neither `check` nor `readiness` passes. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { programsOf } from '#shared/check/programs.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { commandLine } from '../../fixtures/command-line.ts';

const book = (...commands: readonly string[]): string =>
  [
    '# Book',
    '',
    '## Option 1: Look',
    '',
    '1. **Look**',
    '   ```bash effect=read',
    ...commands.map((line) => `   ${line}`),
    '   ```',
    '',
    '## Notes',
    '',
    '```bash',
    'otherctl list',
    '```',
    '',
  ].join('\n');

describe('a tool that is not installed', () => {
  it('is a warning of `check`, with its line and where it was looked for', async () => {
    const line = commandLine();
    writeFileSync(join(line.cwd, 'book.md'), book('shopctl-9 status'));
    const { code, out } = await line.run(['check', 'book.md']);
    expect(out).toContain('book.md:7\n    warning tool-not-installed: shopctl-9 is not installed on this machine');
    expect(out).toContain('fix: Install shopctl-9, or correct PATH. Looked for in /');
    expect(out).toContain('0 errors, 1 warning,');
    expect(out).not.toContain('otherctl is not installed');
    expect(code).toBe(1);
    const json = (await line.run(['check', 'book.md', '--json'])).json();
    expect(json).toMatchObject({ missing: [{ tool: 'shopctl-9', line: 7 }] });
    expect((await line.run(['check', 'book.md', '--no-probe'])).code).toBe(0);
  });

  it('fails readiness; one that only the notes call is a warning', async () => {
    const line = commandLine();
    writeFileSync(join(line.cwd, 'book.md'), book('for i in 1 2; do shopctl-9 status | cat; done'));
    const { code, json } = await line.run(['readiness', 'book.md', '--json']);
    expect(json()).toMatchObject({
      state: 'failed',
      items: expect.arrayContaining([
        expect.objectContaining({
          id: 'tool shopctl-9',
          state: 'failed',
          detail: 'not found on PATH',
          fix: expect.stringContaining('Looked for in /') as string,
        }),
        expect.objectContaining({ id: 'tool otherctl', state: 'warning' }),
      ]) as unknown,
    });
    expect(code).toBe(1);
  });

  it.each([
    ['a function of the script', 'f() { cat "$1"; }; f x', ['cat']],
    ['what the shell does itself', '[ -n "$X" ] && cd /tmp && echo ok; export A=1', []],
    ['a file by its path', './deploy.sh && /opt/x/run', []],
    ['what npx brings', 'npx shopctl-9 status', []],
    ['a variable', '"$TOOL" status', []],
    ['behind sudo and timeout', 'sudo timeout 5 shopctl-9 status', ['shopctl-9']],
    ['flyctl by either name', 'flyctl status -a shop', ['fly']],
  ])('needs of %s: %s', (_what, command, tools) => {
    const { model } = parseRunbook(book(command), 'book.md');
    expect(
      programsOf(model)
        .filter(({ inStep }) => inStep)
        .map(({ tool }) => tool),
    ).toEqual(tools);
  });
});
