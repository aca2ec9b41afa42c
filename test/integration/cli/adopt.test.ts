/** `rollbook adopt`: a conversation, a diff, a saved runbook that declares. */
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Answer, answering, type CommandLine, commandLine } from '../../fixtures/command-line.ts';
import { commandProcess } from '../../fixtures/command-process.ts';
import { dataFolder } from '../../fixtures/data-folder.ts';
import { fakePrograms } from '../../fixtures/fake-programs.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/runbooks/${name}`, import.meta.url));
const SEED = readFileSync(fixture('seed.md'), 'utf8');

function withFile(name: string): CommandLine & { readonly path: string } {
  const line = commandLine();
  const path = join(line.cwd, name);
  copyFileSync(fixture(name), path);
  return { ...line, path };
}

/** Takes what is proposed, but for the rows. */
const taking = (
  ...rows: readonly { readonly to: string; readonly type: string | null; readonly once?: true }[]
): Answer => answering([...rows, { to: '', type: '' }]);

interface Listed {
  readonly incidents: readonly { readonly id: string; readonly title: string }[];
}

async function declaredServices(line: CommandLine): Promise<readonly string[]> {
  const { incidents } = (await line.run(['incidents', '--json'])).json() as Listed;
  const exports = incidents.map(({ id }) => line.run(['export', id, '--format', 'json']));
  const reports = (await Promise.all(exports)).map((said) => said.json() as { incident: { service: string } });
  return reports.map(({ incident }) => incident.service);
}

describe('rollbook adopt', () => {
  it('asks with lines and proposals, shows the diff, saves over the file, and tells the gaps; the file then declares', async () => {
    fakePrograms({ fly: 'echo ok', curl: 'echo ok' });
    const line = withFile('seed.md');
    chmodSync(line.path, 0o664);
    const said = await line.run(
      ['adopt', 'seed.md'],
      taking(
        { to: 'Words that only the maintenance page shows', type: 'Back soon' },
        { to: 'npm run test:agent-sdk', type: 'change', once: true },
      ),
    );
    expect([said.code, said.err]).toEqual([0, '']);
    expect(said.out).toContain('seed.md: 14 gaps.');
    expect(said.out).toContain('Line 219. The service hotdash-app, an app on Fly\n');
    expect(said.out).toContain('Its health address, which declares it [https://app.hotdash.com/health]: ');
    expect(said.out).toContain('--- a/seed.md\n+++ b/seed.md\n');
    expect(said.out).toContain('-   ```bash\n+   ```bash effect=change\n');
    expect(said.out).toMatch(/Saved to seed\.md\. 14 gaps, now \d\.\n {2}line \d+: Nothing checks what/);
    const adopted = readFileSync(line.path, 'utf8');
    expect(adopted).toContain(
      'maintenance: { url: https://hotdash-agent-service.fly.dev/, marker: Back soon }\n---\n# Roll',
    );
    expect(adopted.slice(adopted.indexOf('# Roll')).replaceAll(/ effect=\w+$/gm, '')).toBe(SEED);
    expect(statSync(line.path).mode & 0o777).toBe(0o664);
    expect(readdirSync(line.cwd)).toEqual(['seed.md']);

    await line.run(['run', 'seed.md', '--trust', '--row', '3'], () => null);
    expect(await declaredServices(line)).toEqual(['hotdash-agent-service']);
    // Nothing is asked twice.
    expect((await line.run(['adopt', 'seed.md'])).out).toMatch(
      /^There is nothing to ask about\. seed\.md is as it was\.\n/,
    );
  });

  it("saves another team's runbook for Kubernetes as a new file, which declares its service", async () => {
    fakePrograms({ kubectl: 'echo ok' });
    const line = withFile('no-hints.md');
    const before = readFileSync(line.path);
    const said = await line.run(['adopt', 'no-hints.md'], taking({ to: 'Save it to', type: 'relay.md' }));
    expect([said.code, said.err]).toEqual([0, '']);
    expect(said.out).toContain('Saved to relay.md.');
    expect(readFileSync(line.path)).toEqual(before);
    const shown = (await line.run(['show', 'relay.md'])).out;
    expect(shown).toContain('relay: kubectl -n mail rollout history deployment/relay');
    await line.run(
      ['run', 'relay.md', '--trust'],
      answering([
        { to: 'Severity (P0 to P3)', type: 'p1' },
        { to: 'What is wrong', type: 'no mail' },
        { to: '', type: null },
      ]),
    );
    expect(await declaredServices(line)).toEqual(['relay']);
  });

  it('asks again after an answer that does not fit, and skips what is answered with a dash', async () => {
    const line = withFile('seed.md');
    const said = await line.run(
      ['adopt', 'seed.md'],
      taking(
        { to: 'Its health address', type: 'hotdash', once: true },
        { to: '"hotdash" is not an address that starts with https:// or http://.', type: '-', once: true },
        { to: 'Save it to', type: '-' },
      ),
    );
    expect(said.code).toBe(0);
    expect(said.out).not.toContain('+  hotdash-agent-service:');
    expect(said.out).toContain('+  hotdash-llamaindex-mcp:');
    expect(said.out).toMatch(/seed\.md is as it was\.\n$/);
    expect(readFileSync(line.path, 'utf8')).toBe(SEED);
  });

  it('asks for another place when it cannot be saved there, and never writes over another file', async () => {
    const line = withFile('seed.md');
    writeFileSync(join(line.cwd, 'other.md'), 'mine');
    const said = await line.run(
      ['adopt', 'seed.md'],
      taking(
        { to: 'Save it to', type: 'other.md', once: true },
        { to: 'other.md is there already', type: 'no/such/folder.md', once: true },
        { to: 'There is no folder', type: 'new.md', once: true },
      ),
    );
    expect([said.code, existsSync(join(line.cwd, 'new.md'))]).toEqual([0, true]);
    expect(readFileSync(join(line.cwd, 'other.md'), 'utf8')).toBe('mine');
    expect((await line.run(['adopt', 'seed.md', '--out', 'other.md'])).err).toContain('it is not written over');
  });

  it('does not write over a file that somebody changed meanwhile', async () => {
    const line = withFile('seed.md');
    const said = await line.run(['adopt', 'seed.md'], (question) => {
      if (!question.startsWith('Save it to')) return '';
      if (readFileSync(line.path, 'utf8') !== SEED) return '-';
      writeFileSync(line.path, `${SEED}\nmine\n`);
      return '';
    });
    expect(said.out).toContain('was changed since it was read. Nothing was written.');
    expect(readFileSync(line.path, 'utf8')).toBe(`${SEED}\nmine\n`);
  });

  it('changes nothing when the input ends: exit 1', async () => {
    const line = withFile('seed.md');
    const said = await line.run(['adopt', 'seed.md'], taking({ to: 'Save it to', type: null }));
    expect([said.code, said.err]).toEqual([1, expect.stringContaining('Nothing was saved; seed.md is as it was.')]);
    expect((await line.run(['adopt', 'seed.md'], [''])).code).toBe(1);
    expect(readFileSync(line.path, 'utf8')).toBe(SEED);
  });

  it('changes nothing on Ctrl-C', async () => {
    const folder = dataFolder();
    copyFileSync(fixture('no-hints.md'), join(folder, 'book.md'));
    const command = commandProcess(folder, ['adopt', 'book.md']);
    await command.answer('Its name [relay]: ', '');
    await command.until('Its platform');
    command.kill('SIGINT');
    const { code } = await command.ended;
    expect(code).not.toBe(0);
    expect(readFileSync(join(folder, 'book.md'))).toEqual(readFileSync(fixture('no-hints.md')));
    expect(readdirSync(folder).filter((name) => name.endsWith('.md') || name.endsWith('.part'))).toEqual(['book.md']);
  });
});

describe('rollbook adopt without a conversation', () => {
  it('lists the questions as JSON and writes nothing; takes the answers from a file', async () => {
    const line = withFile('seed.md');
    const open = (await line.run(['adopt', 'seed.md', '--json'])).json() as {
      questions: readonly { id: string; line: number; proposed: string }[];
      diff: string;
      path: null;
    };
    expect(open).toMatchObject({ diff: '', path: null });
    const answers = Object.fromEntries(open.questions.map(({ id, proposed }) => [id, proposed]));
    writeFileSync(join(line.cwd, 'answers.json'), JSON.stringify(answers));
    const given = ['adopt', 'seed.md', '--answers', 'answers.json'];
    const shown = (await line.run([...given, '--json'])).json() as { diff: string; path: null };
    expect([shown.diff.includes('+rollbook: 1'), shown.path, readdirSync(line.cwd)]).toEqual([
      true,
      null,
      ['answers.json', 'seed.md'],
    ]);
    const saved = await line.run([...given, '--out', 'new.md', '--json']);
    expect(saved.json()).toMatchObject({ path: join(line.cwd, 'new.md') });
    expect(readFileSync(join(line.cwd, 'new.md'), 'utf8')).toContain('rollbook: 1');
    const text = await line.run([...given, '--out', 'seed.md']);
    expect([text.code, text.out]).toEqual([0, expect.stringContaining('Saved to seed.md. 14 gaps, now 5.')]);
    expect(readFileSync(line.path)).toEqual(readFileSync(join(line.cwd, 'new.md')));
  });

  it.each([
    ['{"maintenance.url": 5}', 'the answer to maintenance.url is not a text'],
    ['[]', 'is not an object of answers'],
    ['{', 'is not JSON'],
    ['{"services.hotdash-ap.health": "https://a.example"}', 'Did you mean services.hotdash-app.health?'],
    ['{"effects.158": "maybe"}', '"maybe" is not one of read, change.'],
  ])('refuses the answers %s: exit 2, with a sentence', async (answers, sentence) => {
    const line = withFile('seed.md');
    writeFileSync(join(line.cwd, 'answers.json'), answers);
    const said = await line.run(['adopt', 'seed.md', '--answers', 'answers.json', '--out', 'seed.md']);
    expect([said.code, said.err]).toEqual([2, expect.stringContaining(sentence)]);
    expect(readFileSync(line.path, 'utf8')).toBe(SEED);
  });

  it('refuses files that are not there, or no text: exit 2', async () => {
    const line = withFile('seed.md');
    writeFileSync(join(line.cwd, 'binary.md'), Buffer.from([0x23, 0x20, 0xff, 0x80, 0x81, 0x0a]));
    for (const [words, sentence] of [
      [['adopt', 'gone.md'], 'there is no such file'],
      [['adopt', 'binary.md'], 'is not UTF-8 text'],
      [['adopt', 'seed.md', '--answers', 'gone.json'], 'gone.json cannot be read: there is no such file.'],
      [['adopt', 'seed.md', '--out', '.'], 'is a folder'],
    ] as const) {
      const said = await line.run(words);
      expect([said.code, said.err]).toEqual([2, expect.stringContaining(sentence)]);
    }
  });
});
