/** Mistakes of newcomers: each message says what is wrong, where, and what to do, with the right exit code. */
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { commandLine } from '../../fixtures/command-line.ts';
import { skippedFor } from '../../fixtures/skipping.ts';

afterEach(() => vi.unstubAllEnvs());

const DRILL = ['drill', '--scenario', 'app-rollback', '--auto', '--speed', '600', '--json'];

const SMALL = '# R\n\n## Option 1: Back\n\n1. **Go**\n   ```bash\n   fly status -a shop\n   ```\n';

describe('a word that is not known', () => {
  it('is answered with the one that was meant, and with the help of that command', async () => {
    const line = commandLine();
    const command = await line.run(['chek', 'x.md']);
    expect(command).toMatchObject({ code: 2, out: '' });
    expect(command.err).toContain('Did you mean check?');
    expect(command.err).toContain('(rollbook --help lists the commands)');
    const option = await line.run(['incidents', '--stat']);
    expect(option.code).toBe(2);
    expect(option.err).toContain('Did you mean --stats?');
    expect(option.err).toContain('(rollbook incidents --help shows how it is used)');
    expect((await line.run(['report', 'action'])).err).toContain('(rollbook report action --help');
  });

  it('an incident that is not there: every command says where the list is', async () => {
    const line = commandLine();
    for (const words of [
      ['verify', 'NOPE'],
      ['export', 'NOPE'],
      ['status', 'NOPE'],
      ['run', '--resume', 'NOPE'],
    ]) {
      const said = await line.run(words);
      expect(said.code).toBe(2);
      expect(said.err).toBe('rollbook: There is no incident "NOPE".\n  List them with `rollbook incidents`.\n');
    }
  });

  it('names each next command as this one was typed', async () => {
    vi.stubEnv('ROLLBOOK_INVOCATION', 'npm run -s rollbook --');
    const line = commandLine();
    expect((await line.run(['verify', 'NOPE'])).err).toContain('List them with `npm run -s rollbook -- incidents`.');
    expect((await line.run(['incidents'])).out).toContain('`npm run -s rollbook -- drill --list`');
    expect((await line.run(['report', 'action'])).err).toContain('(npm run -s rollbook -- report action --help');
    const { incidentId } = (await line.run(DRILL)).json() as { incidentId: string };
    const resolved = await line.run(['resolve', incidentId, 'over']);
    expect(resolved.out + resolved.err).not.toMatch(/(?<!npm run -s )rollbook [a-z]/);
  });
});

describe('a path that is wrong', () => {
  it('what a command reads is not written over', async () => {
    const line = commandLine();
    const file = join(line.cwd, 'own.md');
    writeFileSync(file, SMALL);
    for (const words of [
      ['print', file, '-o', file],
      ['check', file, '--sarif', file],
    ]) {
      const said = await line.run(words);
      expect(said.code).toBe(2);
      expect(said.err).toContain('is the file that is read: it is not written over. Nothing was written.');
    }
    expect(readFileSync(file, 'utf8')).toBe(SMALL);
  });

  it('nothing is written into the data folder, but reports and bundles', async () => {
    const line = commandLine();
    writeFileSync(join(line.cwd, 'r.md'), SMALL);
    const { incidentId } = (await line.run(DRILL)).json() as { incidentId: string };
    const outputs = join(line.folder, 'outputs');
    const [first = ''] = readdirSync(outputs);
    const link = join(line.cwd, 'link.md');
    symlinkSync(join(outputs, first), link);
    for (const words of [
      ['export', incidentId, '-o', join(line.folder, 'rollbook.db')],
      ['export', incidentId, '-o', join(outputs, first)],
      ['export', incidentId, '-o', link],
      ['export', incidentId, '-o', join(line.folder, 'new.md')],
      ['export', incidentId, '-o', `${join(outputs, 'new')}/`],
      ['export', incidentId, '-o', `${line.folder}/`],
      ['print', 'r.md', '-o', join(outputs, first)],
    ]) {
      const said = await line.run(words);
      expect([said.code, said.err], words.join(' ')).toEqual([
        2,
        expect.stringContaining("lies in Rollbook's own data folder"),
      ]);
    }
    expect((await line.run(['verify', incidentId])).code).toBe(0);
    mkdirSync(join(line.folder, 'reports'));
    expect((await line.run(['export', incidentId, '-o', join(line.folder, 'reports', 'r.md')])).code).toBe(0);
  });

  it('a report is not written over the runbook of its incident', async () => {
    const line = commandLine();
    const { incidentId } = (await line.run(DRILL)).json() as { incidentId: string };
    const file = join(line.cwd, 'r.md');
    writeFileSync(file, SMALL);
    await line.run(['trust', 'r.md']);
    const said = await line.run(['export', incidentId, '-o', 'r.md']);
    expect([said.code, said.err]).toEqual([2, expect.stringContaining('r.md is the file of a runbook')]);
    expect(readFileSync(file, 'utf8')).toBe(SMALL);
  });

  it('a folder, or a file as a folder, in the place of a runbook', async () => {
    const line = commandLine();
    const folder = await line.run(['check', '.']);
    expect(folder.code).toBe(2);
    expect(folder.err).toMatch(/cannot be read: it is a folder\.\n {2}Name the runbook: a Markdown file\./);
    writeFileSync(join(line.cwd, 'a.md'), '# A\n');
    expect((await line.run(['check', 'a.md/b.md'])).err).toContain('a part of this path is a file, not a folder');
  });

  it('an output in a folder that is not there is refused before anything is done, and no folder is made', async () => {
    const line = commandLine();
    const { incidentId } = (await line.run(DRILL)).json() as { incidentId: string };
    writeFileSync(join(line.cwd, 'a.md'), '# A\n');
    const gone = 'not/there/x';
    for (const words of [
      ['export', incidentId, '-o', gone],
      ['export', incidentId, '-o', `${gone}/`],
      ['print', 'a.md', '-o', gone],
      ['check', 'a.md', '--sarif', gone],
      ['check', 'a.md', '--fix', '-o', gone],
      ['handover', 'export', incidentId, '-o', gone],
      [...DRILL, '--report', gone],
    ]) {
      const said = await line.run(words);
      expect(said.code).toBe(2);
      expect(said.out + said.err).toContain(`There is no folder ${join(line.cwd, 'not/there')}`);
      expect(said.out + said.err).toContain('mkdir -p');
    }
    expect(existsSync(join(line.cwd, 'not'))).toBe(false);
    const { incidents } = (await line.run(['incidents', '--json'])).json() as { incidents: unknown[] };
    expect(incidents).toHaveLength(1);
  });

  it('a data folder that cannot be: exit 4, said once and in words', async () => {
    const { folder } = commandLine();
    writeFileSync(join(folder, 'file'), '');
    const file = await commandLine(join(folder, 'file')).run(['incidents']);
    expect(file.code).toBe(4);
    expect(file.err).toContain(`${join(folder, 'file')} (a file of this name is there already)`);
    const below = await commandLine(join(folder, 'file', 'x')).run(['incidents']);
    expect(below.code).toBe(4);
    expect(below.err).toContain('(a part of this path is a file, not a folder)');
    expect(file.err + below.err).not.toMatch(/EEXIST|ENOTDIR/);
  });

  it(
    'a data folder below /proc is refused, and nobody waits for ever',
    skippedFor(process.platform === 'linux' ? null : 'only Linux has /proc'),
    async () => {
      const said = await commandLine('/proc/rollbook').run(['incidents']);
      expect(said.code).toBe(4);
      expect(said.err).toContain('/proc/rollbook (there is no such folder, and none can be made there)');
    },
  );
});

describe('a value that is wrong', () => {
  it('an action item is due on a day', async () => {
    const line = commandLine();
    const { incidentId } = (await line.run(DRILL)).json() as { incidentId: string };
    for (const due of ['tomorrow', '2026-02-30', '2026-1-1', '1.12.2026']) {
      const said = await line.run(['report', 'action', incidentId, 'Alert on 503', '--due', due]);
      expect(said.code).toBe(2);
      expect(said.err).toContain('Give a day as YYYY-MM-DD');
    }
    const taken = await line.run(['report', 'action', incidentId, 'Alert on 503', '--due', '2026-12-01', '--json']);
    expect(taken.json()).toMatchObject({ actionItems: [{ due: '2026-12-01' }] });
  });

  it('an action item is tracked at a web address', async () => {
    const line = commandLine();
    const { incidentId } = (await line.run(DRILL)).json() as { incidentId: string };
    for (const link of ['javascript:alert(1)', 'file:///etc/passwd', 'tracker/17', 'https://', 'https://a b']) {
      const said = await line.run(['report', 'action', incidentId, 'Alert on 503', '--link', link]);
      expect(said.code).toBe(2);
      expect(said.err).toContain('Give an address that starts with https:// or http://.');
    }
    const link = 'https://example.com/17?a=b';
    const taken = await line.run(['report', 'action', incidentId, 'Alert on 503', '--link', link, '--json']);
    expect(taken.json()).toMatchObject({ actionItems: [{ link }] });
  });

  it('a secret that cannot be had is stored, and said not to work', async () => {
    const line = commandLine();
    const said = await line.run(['settings', 'set', 'secret.DATABASE_URL', 'file', 'nowhere']);
    expect(said.code).toBe(1);
    expect(said.out).toMatch(/^secret\.DATABASE_URL is stored, but it does not work: .*[^.]\.\n {2}\S/);
    expect((await line.run(['settings', 'unset', 'secret.DATABASE_URL'])).out).toContain('is taken back');
  });
});

describe('checking what is no runbook', () => {
  it.each([
    ['an empty file', '', 'The file is empty: there is nothing to check and nothing to run.', 'warning'],
    ['notes', '# Notes\n\nCall Ann.\n', 'No procedure was found:', 'note'],
  ])('%s does not pass: exit 1, and what is missing', async (_what, text, says, severity) => {
    const line = commandLine();
    writeFileSync(join(line.cwd, 'r.md'), text);
    const said = await line.run(['check', 'r.md', '--no-probe']);
    expect(said.code).toBe(1);
    expect(said.out).toContain(says);
    expect(said.out).toContain('no command was found in it, so none was checked');
    expect((await line.run(['check', 'r.md', '--json'])).json()).toMatchObject({
      findings: [{ rule: 'no-procedure', line: 1, severity }],
    });
  });

  it('broken front matter is unreadable input: exit 2, with the line', async () => {
    const line = commandLine();
    writeFileSync(join(line.cwd, 'r.md'), '---\nrollbook: 1\ntitle: [x\n---\n# A\n');
    const said = await line.run(['check', 'r.md', '--no-probe']);
    expect(said.code).toBe(2);
    expect(said.err).toContain('(line 3)');
  });
});

describe('trusting a runbook', () => {
  it('says first what the check found in it, and how to see it', async () => {
    const line = commandLine();
    const fence = '```';
    writeFileSync(
      join(line.cwd, 'r.md'),
      `# R\n\n## Option 1: Back\n\n**Risk level**: Low\n\n1. **Go**\n   ${fence}bash\n   fly releases rollback v7 -a shop\n   ${fence}\n`,
    );
    const said = await line.run(['trust', 'r.md']);
    expect(said.code).toBe(0);
    expect(said.out).toMatch(/^The check found \d+ errors? and \d+ warnings? in it\. See them: rollbook check r\.md\n/);
    expect((await line.run(['trust', 'r.md', '--json'])).json()).toMatchObject({
      trusted: true,
      findings: { error: expect.any(Number) as number },
    });
    expect((await line.run(['show', 'r.md'])).out).toContain('1. Go  [1 command]');
  });

  it.each([['trust'], ['run'], ['run', '--trust', '--row', '1']])(
    '%s refuses a file with nothing to run',
    async (...words) => {
      const line = commandLine();
      writeFileSync(join(line.cwd, 'notes.md'), '# Notes\n\nCall Ann.\n');
      const said = await line.run([...words, 'notes.md']);
      expect(said.code).toBe(2);
      expect(said.err).toContain('Nothing in notes.md can be run: no procedure was found in it.');
      expect(said.out).not.toContain('may run here now');
    },
  );

  it('a runbook without a matrix has no rows to count', async () => {
    const line = commandLine();
    writeFileSync(join(line.cwd, 'r.md'), SMALL);
    const said = await line.run(['run', 'r.md', '--trust', '--row', '1']);
    expect(said.code).toBe(2);
    expect(said.err).toContain('The runbook has no decision matrix');
  });

  it('what was edited after the review says so, and how to see what', async () => {
    const line = commandLine();
    writeFileSync(join(line.cwd, 'r.md'), SMALL);
    expect((await line.run(['run', 'r.md'])).err).toContain('R was not reviewed on this machine yet.');
    await line.run(['trust', 'r.md']);
    writeFileSync(join(line.cwd, 'r.md'), `${SMALL} `);
    const said = await line.run(['run', 'r.md']);
    expect(said.code).toBe(2);
    expect(said.err).toContain('R changed since it was reviewed on this machine.');
    expect(said.err).toContain('rollbook trust r.md --show');
  });
});
