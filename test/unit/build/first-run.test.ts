import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { firstRun } from '../../../build/first-run/list.mjs';
import { record, runAll } from '../../../build/first-run/record.mjs';
import { inProject } from '../../../build/setup/project.mjs';

const runtimeConfig = readFileSync(inProject('build/playwright.runtime.config.ts'), 'utf8');
const { scripts } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { scripts: Record<string, string> };

describe.each(['linux', 'darwin', 'win32'] as const)('the list of the first run on %s', (platform) => {
  const rows = firstRun(platform, 'arm64');

  it('has a command for each thing, of files, scripts and suites that exist', () => {
    expect(new Set(rows.map(({ what }) => what)).size).toBe(rows.length);
    for (const { command } of rows) {
      for (const [, file = ''] of command.matchAll(/node ((?:build|node_modules)\/\S+)/g))
        expect(existsSync(inProject(file)), file).toBe(true);
      for (const [, suite = ''] of command.matchAll(/--project=(\S+)/g)) expect(runtimeConfig).toContain(`'${suite}'`);
      for (const [, folder = ''] of command.matchAll(/specs (\S+)/g))
        expect(existsSync(inProject(`test/${folder}`))).toBe(true);
      for (const [, script = ''] of command.matchAll(/npm run (\S+)/g)) expect(Object.keys(scripts)).toContain(script);
    }
  });

  it('packs before it starts what was packed', () => {
    const packing = rows.findIndex(({ command }) => command.startsWith('npm run pack'));
    expect(packing).toBeGreaterThan(0);
    for (const { command } of rows.slice(0, packing)) expect(command).not.toContain('dist/packages');
  });
});

describe('the first run', () => {
  const rows = [
    { what: 'Starts', command: 'a | b' },
    { what: 'Breaks', command: 'c' },
    { what: 'Tray', command: 'd', look: 'Did it?' },
    { what: 'Key', command: 'e', look: 'And this?' },
  ];
  const run = vi.fn(async ({ command }: { what: string; command: string }) =>
    command === 'c' ? { code: 133, output: 'first\nTrace trap\n\n' } : { code: 0, output: '' },
  );

  it('runs everything in order, asks what only eyes can tell, and records it', async () => {
    run.mockClear();
    const answers = ['y', 'nothing | came'];
    const done = await runAll(rows, run, async () => answers.shift() ?? '');
    expect(run.mock.calls.map(([row]) => row.what)).toEqual(['Starts', 'Breaks', 'Tray', 'Key']);
    const text = record(done, { date: '2026-01-02', machine: 'linux 6.1 x64', electron: '45.4.1' });
    expect(text.split('\n')).toEqual([
      'First run on a real Electron runtime: 2026-01-02, linux 6.1 x64, Electron 45.4.1. 2 passed, 2 failed, 0 not looked at.',
      '',
      '| What | Command | Result |',
      '|---|---|---|',
      String.raw`| Starts | \`a \| b\` | passed |`.replaceAll('\\`', '`'),
      '| Breaks | `c` | failed: exit 133, Trace trap |',
      '| Tray | `d` | passed |',
      String.raw`| Key | \`e\` | failed: nothing \| came |`.replaceAll('\\`', '`'),
      '',
    ]);
  });

  it('does not open what nobody looks at', async () => {
    run.mockClear();
    const done = await runAll(rows, run, null);
    expect(run).toHaveBeenCalledTimes(2);
    expect(done.slice(2).map(({ result }) => result)).toEqual(['not looked at', 'not looked at']);
  });
});
