import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { systemClock } from '#core/system-ports.ts';
import type { Clock } from '#core/ports.ts';
import type { ApprovedProgram } from '#shared/runbook-check/approved-program.ts';
import type { CheckReport } from '#shared/runbook-check/check-view.ts';
import { checkWithTools } from '#core/runbook-check/check-file.ts';
import { noPrintingProgram, printingProgram, shopctlHelp } from '../../fixtures/printing-program.ts';
import { skippedFor } from '../../fixtures/skipping.ts';

let folder = '';
let bin = '';
let calls = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-probe-'));
  bin = join(folder, 'bin');
  calls = join(folder, 'calls.txt');
  mkdirSync(bin);
  mkdirSync(join(folder, 'book'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that records its arguments and answers by `case` branches. */
function tool(name: string, branches: Readonly<Record<string, string>>, where: string = bin): void {
  const cases = Object.entries(branches).map(([args, text]) => `  '${args}') cat <<'END'\n${text}\nEND\n;;`);
  const other = branches['*'] === undefined ? '' : `  *) cat <<'END'\n${branches['*']}\nEND\n;;`;
  const body = ['#!/bin/sh', `echo "$0 $*" >> ${calls}`, `env > ${folder}/env.txt`, 'case "$*" in'];
  writeFileSync(join(where, name), `${[...body, ...cases, other, 'esac'].join('\n')}\n`);
  chmodSync(join(where, name), 0o755);
}

async function check(
  commands: readonly string[],
  options: { approved?: readonly ApprovedProgram[]; path?: string; clock?: Clock } = {},
): Promise<CheckReport> {
  const { model, source } = parseRunbook(['# Book', '', '```bash', ...commands, '```', ''].join('\n'), 'book.md');
  return await checkWithTools(model, source, {
    name: 'runbook.md',
    clock: options.clock ?? systemClock(),
    environment: { PATH: options.path ?? `${bin}:/usr/bin:/bin`, FLY_API_TOKEN: 'secret', HOME: '/home/somebody' },
    dataFolder: join(folder, 'data'),
    ownFolders: [join(folder, 'other'), join(folder, 'book')],
    approved: options.approved ?? [],
    probe: true,
  });
}

const existence = ({ findings }: CheckReport): readonly string[] =>
  findings.filter(({ rule }) => rule.startsWith('unknown-')).map(({ rule, command }) => `${rule}: ${command}`);
const called = (): readonly string[] => (existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []);

const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** The approval of the program's current file. */
const approval = (): ApprovedProgram => {
  const path = join(bin, 'shopctl');
  return { tool: 'shopctl', path, sha256: hashOf(path), by: 'ann', at: 1 };
};

/** A clock on which a time limit ends as soon as the program has created one of these files, because it hangs then. */
function impatientWith(names: readonly string[]): Clock {
  const clock = systemClock();
  const seen = new Set<string>();
  return {
    ...clock,
    async sleep(ms, signal) {
      if (ms < 3_000) return clock.sleep(ms, signal);
      for (; signal?.aborted !== true; await clock.sleep(5, signal)) {
        const name = names.find((one) => !seen.has(one) && existsSync(join(folder, one)));
        if (name === undefined) continue;
        seen.add(name);
        return;
      }
    },
  };
}

/** A clock of a busy machine: limits of up to `most` ms end before any answer; longer ones wait for it. */
function loaded(most: number): Clock {
  const clock = systemClock();
  return {
    ...clock,
    async sleep(ms, signal) {
      if (ms < 3_000) return clock.sleep(ms, signal);
      if (ms <= most) return;
      writeFileSync(join(folder, 'waited-for'), '');
      while (signal?.aborted !== true) await clock.sleep(5, signal);
    },
  };
}

const SUPABASE = {
  '--version': '2.200.0',
  '--help':
    'Supabase\n\nUsage:\n  supabase [command]\n\nAvailable Commands:\n  db          Databases\n  backups     Backups\n',
  'db --help':
    'Databases\n\nUsage:\n  supabase db [command]\n\nAvailable Commands:\n  dump        Dumps\n  migrations  New in this version\n',
  'db dump --help':
    'Dumps\n\nUsage:\n  supabase db dump [flags]\n\nFlags:\n  -f, --file string   Path\n      --shiny         New\n',
  'db migrations --help': 'New\n\nUsage:\n  supabase db migrations [flags]\n\nFlags:\n  -h, --help\n',
  'db hidden --help': 'Hidden\n\nUsage:\n  supabase db hidden [flags]\n\nFlags:\n  -h, --help\n',
  // Any other path prints the group's help and ends with 0.
  '*': 'Databases\n\nUsage:\n  supabase db [command]\n\nAvailable Commands:\n  dump        Dumps\n',
};

describe('probing', () => {
  it('believes the installed binary, not the tables', async () => {
    tool('supabase', SUPABASE);
    const result = await check([
      'supabase db migrations',
      'supabase db dump --shiny',
      'supabase db hidden',
      'supabase db restore 42',
      'supabase db dump --no-such',
    ]);
    expect(existence(result)).toEqual([
      'unknown-subcommand: supabase db restore 42',
      'unknown-flag: supabase db dump --no-such',
    ]);
    expect(result.findings.find(({ rule }) => rule === 'unknown-flag')?.checked).toBe(
      `checked against ${bin}/supabase 2.200.0`,
    );
    expect(result.probed).toBe(true);
  });

  it('asks for help and versions only, with no login in reach and none of its own in the home folder', async () => {
    tool('supabase', SUPABASE);
    await check(['supabase db dump --linked -f x.sql', 'supabase db push --yes']);
    expect(called().length).toBeGreaterThan(2);
    expect(called().filter((line) => !/ (?:--version|(?:[a-z]+ )*--help)$/.test(line))).toEqual([]);
    const environment = readFileSync(join(folder, 'env.txt'), 'utf8');
    expect(environment).not.toContain('secret');
    expect(environment).not.toContain('/home/somebody');
  });

  it('says nothing of a tool whose help cannot be read, beyond what the tables know', async () => {
    tool('supabase', { '--version': '2.200.0', '*': 'Segmentation fault' });
    const result = await check(['supabase db restore 42']);
    expect(existence(result)).toEqual(['unknown-subcommand: supabase db restore 42']);
    const unknown = result.findings.find(({ rule }) => rule === 'unknown-subcommand');
    expect(unknown?.checked).toBe('not checked against your binary');
    expect(result.tools).toEqual([
      { tool: 'supabase', path: join(bin, 'supabase'), version: '2.200.0', why: 'its help could not be read' },
    ]);
  });

  it('asks once more when a loaded machine lets the time run out, for the version as for the help', async () => {
    tool('supabase', SUPABASE);
    const path = join(bin, 'supabase');
    const slow = ['#!/bin/sh', `for word in version help; do case "$*" in *$word*)`];
    slow.push(`if [ ! -e ${folder}/late-$word ]; then : > ${folder}/late-$word; exec sleep 600; fi`, 'esac; done');
    writeFileSync(path, readFileSync(path, 'utf8').replace('#!/bin/sh', slow.join('\n')));
    const result = await check(['supabase db restore 42'], { clock: impatientWith(['late-version', 'late-help']) });
    expect(existence(result)).toEqual(['unknown-subcommand: supabase db restore 42']);
    expect(result.tools).toEqual([{ tool: 'supabase', path, version: '2.200.0', why: null }]);
    expect(['late-version', 'late-help'].map((name) => existsSync(join(folder, name)))).toEqual([true, true]);
  });

  it('waits longer for a version than for a page of help: every finding stands on it', async () => {
    tool('supabase', SUPABASE);
    const path = join(bin, 'supabase');
    const slow = `#!/bin/sh\ncase "$*" in *version*) until [ -e ${folder}/waited-for ]; do sleep 0.02; done;; esac`;
    writeFileSync(path, readFileSync(path, 'utf8').replace('#!/bin/sh', slow));
    const result = await check(['supabase db restore 42'], { clock: loaded(5_000) });
    expect(result.tools).toMatchObject([{ tool: 'supabase', path, version: '2.200.0' }]);
  });

  it('asks each file once, and again when it has changed', async () => {
    tool('supabase', SUPABASE);
    await check(['supabase db dump']);
    const first = called().filter((line) => line.endsWith('--help')).length;
    await check(['supabase db dump']);
    expect(called().filter((line) => line.endsWith('--help')).length).toBe(first);
    tool('supabase', { ...SUPABASE, '--version': '2.200.1' });
    await check(['supabase db dump']);
    expect(called().filter((line) => line.endsWith('--help')).length).toBe(first * 2);
  });

  it('runs nothing that lies in the folder of the runbook', async () => {
    const inside = join(folder, 'book', 'bin');
    mkdirSync(inside);
    tool('psql', { '*': 'psql (PostgreSQL) 15.1' }, inside);
    const result = await check(['psql -X -c "select 1"'], { path: `${inside}:/nowhere` });
    expect(result.tools[0]?.why).toBe('it is in the folder of the runbook or its checkout');
    expect(called()).toEqual([]);
  });

  it('asks no program that is not listed, and no script even when it is approved', async () => {
    tool('shopctl', { '*': 'Usage:\n  shopctl [command]\n\nAvailable Commands:\n  status   Status\n' });
    const told = [{ tool: 'shopctl', path: join(bin, 'shopctl'), version: null, why: 'it is a script' }];
    expect(await check(['shopctl rollback'])).toMatchObject({ tools: told, askable: [] });
    expect((await check(['shopctl rollback'], { approved: [approval()] })).tools).toEqual(told);
    writeFileSync(join(bin, 'shopctl'), 'echo a script without its first line\n');
    expect((await check(['shopctl rollback'], { approved: [approval()] })).tools[0]?.why).toBe(
      'it is not a compiled program',
    );
    expect(called()).toEqual([]);
  });

  it('asks a program that a person approved, as the file it was then', skippedFor(noPrintingProgram), async () => {
    const path = join(bin, 'shopctl');
    printingProgram(path, shopctlHelp('status'));
    const before = await check(['shopctl rollback now']);
    expect(existence(before)).toEqual([]);
    expect(before).toMatchObject({
      tools: [],
      unchecked: ['shopctl'],
      askable: [
        {
          tool: 'shopctl',
          path,
          sha256: hashOf(path),
          changed: false,
          runs: ['shopctl --version', 'shopctl --help', 'shopctl rollback --help', 'shopctl rollback now --help'],
        },
      ],
    });
    const approved = [approval()];
    const asked = await check(['shopctl rollback now'], { approved });
    expect(asked).toMatchObject({ tools: [{ tool: 'shopctl', path, version: '1.4.2', why: null }], askable: [] });
    expect(existence(asked)).toEqual(['unknown-subcommand: shopctl rollback now']);
    // Approved on another machine, or with other content at the same path: it must be approved again.
    const elsewhere = [{ ...approval(), path: '/opt/shopctl' }];
    expect((await check(['shopctl rollback now'], { approved: elsewhere })).askable).toMatchObject([{ changed: true }]);
    printingProgram(path, shopctlHelp('rollback'));
    const changed = await check(['shopctl rollback now'], { approved });
    expect(changed.tools).toMatchObject([{ why: 'it was approved, and is another file by now' }]);
    expect(changed.askable).toMatchObject([{ changed: true, sha256: hashOf(path) }]);
  });

  it('never runs scripts, relative paths or npm scripts of a runbook', async () => {
    tool('npm', { '--version': '11.0.0', '--help ci': 'Clean install', '--help run': 'Run' });
    tool('deploy.sh', { '*': 'deployed' }, join(folder, 'book'));
    await check(['./deploy.sh --help', 'npm run deploy', 'bash deploy.sh', 'npm ci']);
    expect(called().filter((line) => !/npm (?:--version|--help (?:ci|run))$/.test(line))).toEqual([]);
  });

  it('tells a version that was not found from one that was', async () => {
    const result = await check(['supabase db dump --linked'], { path: '/nowhere' });
    expect(result).toMatchObject({ probed: false, tools: [{ tool: 'supabase', path: null, why: 'not installed' }] });
  });
});
