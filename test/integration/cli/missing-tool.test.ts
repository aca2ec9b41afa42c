/** With a tool of the runbook missing, neither `check` nor `readiness` passes, and `run` says so before it declares. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { programsOf } from '#shared/runbook-check/programs.ts';
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

const MATRIX = '\n| Severity | Condition | Action | Timeframe |\n|-|-|-|-|\n| P0 | Down | Look | <5 min |\n';

describe('a live incident whose procedure needs a tool that is not installed', () => {
  const RUN = ['run', 'book.md', '--trust', '--row', '1', '--probe', ''];

  function reviewed() {
    const line = commandLine();
    const text = book('shopctl-9 status | tillctl-9').replace('# Book\n', `# Book\n${MATRIX}`);
    writeFileSync(
      join(line.cwd, 'book.md'),
      `---\nrollbook: 1\nservices:\n  shop: { title: Shop, platform: fly, health: "http://127.0.0.1:9/up" }\nmatrix:\n  - { match: Down, procedures: [look] }\n---\n${text}`,
    );
    const declared = async (): Promise<number> =>
      ((await line.run(['incidents', '--json'])).json() as { readonly incidents: readonly unknown[] }).incidents.length;
    return { line, declared };
  }

  it.each([[[]], [['']], [['no']]])('names each and declares nothing when %j is typed', async (typed) => {
    const { line, declared } = reviewed();
    const said = await line.run(RUN, typed);
    expect(said.code).toBe(3);
    expect(said.err).toContain(
      'shopctl-9, tillctl-9 are not on PATH here, so "Option 1: Look" can be run here only by',
    );
    expect(said.err).toContain('Nothing was declared.\n  Install shopctl-9');
    expect(said.out).not.toContain('LIVE');
    expect(await declared()).toBe(0);
  });

  it('is declared to run it elsewhere when "yes" is typed, after it was said', async () => {
    const { line, declared } = reviewed();
    const said = await line.run(RUN, ['yes']);
    expect(said.out.indexOf('are not on PATH here')).toBeGreaterThan(-1);
    expect(said.out.indexOf('LIVE')).toBeGreaterThan(said.out.indexOf('are not on PATH here'));
    expect(await declared()).toBe(1);
  });

  it('with --json keeps the question off stdout', async () => {
    const { line } = reviewed();
    const said = await line.run([...RUN, '--json']);
    expect(said).toMatchObject({ code: 3 });
    expect(said.json()).toMatchObject({ error: { code: 'tool-missing' } });
    expect(said.err).toContain('Type "yes"');
  });
});

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
