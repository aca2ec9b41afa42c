/** Arguments in wrong places: each message says what is wrong and what to do, and nothing is done. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine, type Said } from '../../fixtures/command-line.ts';

const BOOK = `---
rollbook: 1
services:
  shop: { title: Shop, platform: fly, health: "http://127.0.0.1:9/up" }
  till-test: { title: Till, platform: fly, health: "http://127.0.0.1:9/up" }
---
# Shop

| Severity | Condition | Action | Timeframe |
|---|---|---|---|
| P0 | Down | Roll back | <5 min |

## Option 1: Back

1. **Look**
   \`\`\`bash effect=read
   shopctl-9 status
   \`\`\`
`;

function context() {
  const line = commandLine();
  writeFileSync(join(line.cwd, 'book.md'), BOOK);
  mkdirSync(join(line.cwd, 'dir'));
  const run = async (...args: readonly string[]): Promise<Said> => await line.run(args);
  return { line, run, path: (name: string) => join(line.cwd, name) };
}

describe('a command that is not there', () => {
  it.each([
    [['help', 'foo'], "unknown command 'foo'", '(rollbook --help'],
    [['help', 'chek'], '(Did you mean check?)', '(rollbook --help'],
    [['help', 'report', 'anser'], '(Did you mean answer?)', '(rollbook report --help'],
    [['help', 'check', 'foo'], "'check' has no commands of its own: 'foo'", '(rollbook check --help'],
    [['settings', 'foo'], "unknown command 'foo'", '(rollbook settings --help'],
    [['settings', 'sett'], '(Did you mean set?)', '(rollbook settings --help'],
    [['foo', '--help'], "unknown command 'foo'", '(rollbook --help'],
    [['settings', 'help', 'foo'], "unknown command 'foo'", '(rollbook settings --help'],
  ])('%j is a mistake of usage', async (args, says, hint) => {
    const said = await context().run(...args);
    expect(said).toMatchObject({ code: 2, out: '' });
    expect(said.err).toContain(says);
    expect(said.err).toContain(hint);
  });

  it('help of one that is there prints its help', async () => {
    const { run } = context();
    expect(await run('help', 'settings', 'set')).toMatchObject({ code: 0, err: '' });
    expect((await run('help', 'settings', 'set')).out).toContain('Usage: rollbook settings set');
    expect((await run('help')).out).toContain('Usage: rollbook ');
  });
});

describe('options', () => {
  it('print --json names the hash of what it wrote, and that of the runbook', async () => {
    const { run, path } = context();
    const sha256 = (name: string): string =>
      createHash('sha256')
        .update(readFileSync(path(name)))
        .digest('hex');
    const written = await run('print', 'book.md', '--no-probe', '-o', 'paper.html', '--json');
    expect(written.json()).toMatchObject({ sha256: sha256('paper.html'), runbook: sha256('book.md') });
    const { html, sha256: hash } = (await run('print', 'book.md', '--no-probe', '--json')).json() as {
      readonly html: string;
      readonly sha256: string;
    };
    expect(hash).toBe(createHash('sha256').update(html).digest('hex'));
  });

  it('the version as JSON is JSON', async () => {
    const { run } = context();
    expect((await run('--version', '--json')).json()).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    expect((await run('-V')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('--approve takes one name, and leaves the file to the command', async () => {
    const { run } = context();
    const said = await run('check', '--approve', 'shopctl-9', 'book.md');
    expect(said.err).not.toContain('missing required argument');
    expect(said.err + said.out).toContain('shopctl-9');
  });

  it('what goes with --real alone is refused without it', async () => {
    const { run } = context();
    expect(await run('drill', '--procedure', 'x', '--row', '1')).toMatchObject({
      code: 2,
      out: '',
      err: 'rollbook: --row, --procedure go with --real alone.\n  Add --real, or leave it out.\n',
    });
  });
});

describe('files', () => {
  it('a dash is no input', async () => {
    const { run } = context();
    for (const command of ['show', 'check', 'print', 'trust', 'run', 'readiness']) {
      const said = await run(command, '-');
      expect(said.code).toBe(2);
      expect(said.err).toContain('"-" does not stand for the input here');
      expect(said.err).toContain('Write the runbook to a file');
    }
  });

  it('a folder in the place of a file to write is a mistake of usage', async () => {
    const { run } = context();
    for (const args of [
      ['print', 'book.md', '-o', 'dir'],
      ['check', 'book.md', '--no-probe', '--sarif', 'dir/'],
    ]) {
      const said = await run(...args);
      expect(said.code).toBe(2);
      expect(said.err).toContain('is a folder. Nothing was written.\n  Name a file in it: dir/NAME.');
    }
  });

  it('a folder that takes no files is not said to be missing', async () => {
    const { run } = context();
    const said = await run('print', 'book.md', '--no-probe', '-o', '/proc/x');
    expect(said.err).toContain('could not be written to /proc/x: /proc takes no new files.');
  });

  it('what is no bundle is not said to be taken over', async () => {
    const { run } = context();
    const said = await run('verify', './book.md');
    expect(said.code).toBe(2);
    expect(said.err).toContain('book.md cannot be verified: it is no handover bundle of Rollbook.');
    expect(said.err).toContain('Name an incident, a folder of `rollbook export --evidence`, or a handover bundle');
  });
});

describe('run --last-trusted of a file that is gone', () => {
  it('runs what was reviewed, and says so', async () => {
    const { line, run, path } = context();
    await run('trust', 'book.md');
    rmSync(path('book.md'));
    const said = await line.run(['run', 'book.md', '--last-trusted', '--row', '1'], ['yes']);
    expect(said.err).toContain('there is no such file. What is run is the version that was reviewed.');
    expect(said.out).toContain('P0, Down');
    expect((await run('run', 'book.md', '--row', '1')).code).toBe(2);
    writeFileSync(path('book.md'), '---\nrollbook: 1\ntitle: [x\n---\n');
    const broken = await line.run(['run', 'book.md', '--last-trusted', '--row', '1'], ['yes']);
    expect(broken.err).toContain('(line 3)');
    expect(broken.err).toContain('What is run is the version that was reviewed.');
    expect(broken.out).toContain('P0, Down');
  });

  it('says that there is none where nothing was reviewed', async () => {
    const said = await context().run('run', 'gone.md', '--last-trusted');
    expect(said.code).toBe(2);
    expect(said.err).toContain('there is no such file. No version of it was reviewed on this machine.');
  });
});

describe('drill --real without a tool of the procedure', () => {
  it('names it, and declares nothing', async () => {
    const { run } = context();
    await run('trust', 'book.md');
    const said = await run('drill', '--real', '--service', 'till-test', '--runbook', 'book.md');
    expect(said.code).toBe(3);
    expect(said.err).toContain('shopctl-9 is not on PATH here, so "Option 1: Back" cannot be drilled with real tools.');
    expect(said.err).toContain('Nothing was declared.\n  Install shopctl-9, or correct PATH.');
    const other = await run('drill', '--real', '--service', 'shop-test', '--runbook', 'book.md');
    expect(other.err).toContain('with its health address. It knows till-test.');
    expect((await run('incidents', '--json')).json()).toMatchObject({ incidents: [] });
  });
});
