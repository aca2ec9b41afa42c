import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDoor } from '#core/redaction-door.ts';
import { rollbook } from '../../../electron/cli/program.ts';
import { NO_PROGRESS } from '../../../electron/cli/progress.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-check-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function check(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let out = '';
  let err = '';
  const terminal = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    exact: (text: string) => void (out += text),
    door: openDoor(),
    input: Readable.from([]),
    interactive: false,
    progress: NO_PROGRESS,
    cwd: folder,
  };
  const code = await rollbook(['check', '--no-probe', ...args], terminal);
  return { code, out, err };
}

const runbook = (...commands: readonly string[]): void =>
  writeFileSync(join(folder, 'book.md'), ['# Book', '', '```bash', ...commands, '```', ''].join('\n'));

describe('rollbook check', () => {
  it('prints the findings by line, with their fix, and exits 1', async () => {
    runbook('fly apps restart -a shop', 'fly status -a shop');
    const { code, out, err } = await check('book.md');
    expect(code).toBe(1);
    expect(err).toBe('');
    expect(out).toBe(
      [
        '',
        'book.md:4',
        '  fly apps restart -a shop',
        '    error unknown-flag: fly apps restart has no -a: it takes the name of the app as an argument.',
        '      fix: fly apps restart shop',
        '',
        '1 error, 0 warnings, 0 notes in 2 commands; not checked against your binary.',
        '',
      ].join('\n'),
    );
  });

  it('prints a command with what reads as something else in it as its code', async () => {
    runbook('fly status -a sh\u043ep', 'fly\u00a0status -a shop');
    const { code, out } = await check('book.md', '--all');
    expect(code).toBe(1);
    expect(out).toContain('  fly status -a sh⟨U+043E⟩p\n');
    expect(out).toContain('  fly⟨U+00A0⟩status -a shop\n');
    expect(out).not.toMatch(/[\u043e\u00a0]/);
  });

  it('prints one finding of each kind, with the count of the others', async () => {
    runbook(
      'curl https://a.example/',
      'curl https://b.example/',
      'curl https://c.example/',
      'fly releases rollback v9',
    );
    const { out } = await check('book.md');
    expect(out.indexOf('unknown-subcommand')).toBeLessThan(out.indexOf('curl-without-fail'));
    expect(out.match(/note curl-without-fail/g)).toHaveLength(1);
    expect(out).toContain('2 more findings of curl-without-fail, lines 5, 6 (--all shows them)');
    expect((await check('book.md', '--all')).out.match(/note curl-without-fail/g)).toHaveLength(3);
  });

  it('prints one JSON document', async () => {
    runbook('supabase db list-backups');
    const { code, out } = await check('book.md', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      findings: [
        {
          rule: 'unknown-subcommand',
          severity: 'error',
          line: 4,
          column: 13,
          command: 'supabase db list-backups',
          message: expect.stringContaining('There is no "supabase db list-backups"'),
          fix: expect.stringContaining('supabase backups list'),
          edits: [{ start: 25, end: 40, text: 'backups list' }],
          source: expect.stringContaining('3.1.0'),
          checked: 'not checked against your binary',
        },
      ],
      summary: { error: 1, warning: 0, note: 0, commands: 1 },
      unchecked: [],
      probed: false,
      tools: [],
      askable: [],
      missing: [],
    });
  });

  it.each([
    ['a warning', 'fly secrets list', 1],
    ['a note', 'fly auth login', 0],
    ['nothing', 'fly status -a shop', 0],
  ])('with %s exits as it should', async (_, command, expected) => {
    runbook(command);
    expect((await check('book.md')).code).toBe(expected);
  });

  it('says so when there is nothing to say', async () => {
    runbook('fly status -a shop');
    expect((await check('book.md')).out).toBe(
      '0 errors, 0 warnings, 0 notes in 1 command; not checked against your binary.\n',
    );
  });

  it('names the programs of which nothing is known, so that silence is not taken for a proof', async () => {
    runbook('kubectl get pods | grep shop', 'vercel rollback "$URL"', 'cd /opt', 'fly status -a shop');
    const { code, out } = await check('book.md');
    expect(code).toBe(0);
    expect(out).toContain('Nothing is known of kubectl, vercel: whether their commands exist was not looked at.');
    expect(JSON.parse((await check('book.md', '--json')).out)).toMatchObject({ unchecked: ['kubectl', 'vercel'] });
  });

  it('exits 2 for a file it cannot read, and names it', async () => {
    const missing = await check('none.md');
    expect(missing.code).toBe(2);
    expect(missing.err).toContain('none.md');
    writeFileSync(join(folder, 'binary.md'), Buffer.from([0, 1, 2, 255, 254, 0]));
    const binary = await check('binary.md', '--json');
    expect(binary.code).toBe(2);
    expect(JSON.parse(binary.out)).toMatchObject({ error: { code: 'not-text' } });
  });
});

describe('rollbook check --fix', () => {
  it('writes a corrected copy and a diff beside the runbook, and leaves the runbook alone', async () => {
    runbook('curl https://shop.example/health', 'fly releases rollback v9 -a shop');
    const before = readFileSync(join(folder, 'book.md'), 'utf8');
    const { code, out } = await check('book.md', '--fix');
    expect(code).toBe(1);
    expect(out).toContain('Wrote book.fixed.md and book.fixed.md.diff');
    expect(out).toContain('curl manual, --fail');
    expect(readFileSync(join(folder, 'book.md'), 'utf8')).toBe(before);
    expect(readFileSync(join(folder, 'book.fixed.md'), 'utf8')).toContain('curl -fsS --max-time 10 https://');
    expect(readFileSync(join(folder, 'book.fixed.md.diff'), 'utf8')).toContain('\n-curl https://shop.example/health\n');
  });

  it('writes a diff that git applies', async () => {
    runbook('curl https://shop.example/health', 'fly status -a shop', 'fly apps restart -a shop');
    mkdirSync(join(folder, 'out'));
    expect((await check('book.md', '--fix', '-o', 'out/better.md')).code).toBe(1);
    const applied = spawnSync('git', ['apply', 'out/better.md.diff'], { cwd: folder, encoding: 'utf8' });
    expect(applied.stderr).toBe('');
    expect(readFileSync(join(folder, 'book.md'), 'utf8')).toBe(readFileSync(join(folder, 'out/better.md'), 'utf8'));
  });

  it('refuses to write over the runbook', async () => {
    runbook('curl https://shop.example/health');
    const { code, err } = await check('book.md', '--fix', '-o', 'book.md');
    expect(code).toBe(2);
    expect(err).toContain('would be overwritten');
  });
});

describe('rollbook check --sarif', () => {
  it('writes one result for each finding, at its line, with the replacement', async () => {
    runbook('fly apps restart -a shop', 'fly status -a shop --json');
    await check('book.md', '--sarif', 'found.sarif');
    const sarif = JSON.parse(readFileSync(join(folder, 'found.sarif'), 'utf8'));
    const [{ tool, results }] = sarif.runs;
    expect(sarif.version).toBe('2.1.0');
    expect(results).toHaveLength(1);
    expect(tool.driver.rules[results[0].ruleIndex].id).toBe('unknown-flag');
    expect(results[0]).toMatchObject({
      ruleId: 'unknown-flag',
      level: 'error',
      locations: [
        { physicalLocation: { artifactLocation: { uri: 'book.md' }, region: { startLine: 4, startColumn: 18 } } },
      ],
      fixes: [
        {
          artifactChanges: [
            { replacements: [{ deletedRegion: { startLine: 4, startColumn: 18, endLine: 4, endColumn: 21 } }] },
          ],
        },
      ],
    });
  });
});
