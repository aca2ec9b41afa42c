/** Recordings that a person wrote: a runbook that never ran, and what is wrong in a file. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { answering, commandLine } from '../../fixtures/command-line.ts';
import { withVariables } from '../../fixtures/environment.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/recordings/${name}`, import.meta.url));

/** A working folder with the runbook and its recording, on a machine without any program. */
function shop(change: (recording: string) => string = (same) => same) {
  withVariables({ PATH: '' });
  const line = commandLine();
  copyFileSync(fixture('shop.md'), join(line.cwd, 'shop.md'));
  writeFileSync(join(line.cwd, 'shop.yaml'), change(readFileSync(fixture('shop-slow.yaml'), 'utf8')));
  const drill = (...more: readonly string[]) => line.run(['drill', '--scenario', 'shop.yaml', ...more]);
  return { line, drill };
}

const AUTO = ['--auto', '--speed', '60', '--expect'];

describe('a recording that a person wrote', () => {
  it('plays a runbook that never ran, in drill time, and is in the history and the report as any drill', async () => {
    const { line, drill } = shop();
    const said = await drill(...AUTO, '--report', 'drill.md');
    expect(said).toMatchObject({ code: 0, err: '' });
    expect(said.out).toContain('DRILL shop-slow: verified (declared: verified)');
    expect(said.out).toMatch(/verified +Restart it +1 min/);
    const report = readFileSync(join(line.cwd, 'drill.md'), 'utf8');
    expect(report).toMatch(/`systemctl restart shop` \| change \| exit code 0 \| 40 s/);
    expect(report).toContain('title: "DRILL: Shop answers slowly"');
    expect(report).toContain('scenario shop-slow, speed 60');
    expect((await line.run(['drill', '--history'])).out).toMatch(/shop-slow +simulated +verified +verified/);
  });

  it('does not tell the cause to the person who plays it', async () => {
    const { drill } = shop();
    const said = await drill('--speed', '60');
    expect(said.out).toContain('Shop answers slowly');
    expect(said.out).not.toContain('out of workers');
  });

  it('says which command it has no answer to, and that command fails', async () => {
    const { line } = shop((text) =>
      text.replace('command: systemctl restart shop\n', 'command: systemctl stop shop\n'),
    );
    const said = await line.run(
      ['drill', '--scenario', 'shop.yaml', '--speed', '60'],
      answering([
        { to: 'systemctl status shop? Enter', type: '' },
        { to: 'systemctl restart shop? Enter', type: '', once: true },
        { to: '', type: null },
      ]),
    );
    expect(said.out).toContain('The recording has no answer to `systemctl restart shop`: add one.');
    expect(said.out).toContain('exit code 127');
    expect(said.code).toBe(1);
  });

  it('continues after it was left, where its recording was', async () => {
    // What the shop answers at the end depends on a command that is run before the drill is left.
    const { line } = shop((text) => text.replace('restart shop, wait: 20s', 'status shop, wait: 5s'));
    const left = await line.run(
      ['drill', '--scenario', 'shop.yaml', '--speed', '60'],
      answering([
        { to: 'systemctl status shop? Enter', type: '' },
        { to: '', type: null },
      ]),
    );
    expect(left.out).toContain('0 of 8 workers free');
    const id = /--resume (\w{26})/.exec(left.out)?.[1] ?? '';
    const rows = [
      { to: 'restart shop? Enter', type: '' },
      { to: 'Is it gone?', type: '1' },
      { to: 'What do you see', type: 'pages are fast' },
      { to: 'Resolve the incident with one sentence', type: 'Restarted.' },
    ];
    const resumed = await line.run(['run', '--resume', id], answering(rows));
    expect(resumed.out).toContain('Resolved: Restarted.');
    expect(resumed.code).toBe(0);
  });

  it('hangs where it says so, until somebody stops it', async () => {
    const { drill } = shop((text) =>
      text.replace('duration: 40s', 'exit: hangs').replace('expected: verified', 'expected: stopped'),
    );
    const said = await drill(...AUTO);
    expect(said.out).toContain('DRILL shop-slow: stopped (declared: stopped)');
    expect(said.code).toBe(0);
  });

  it.each([
    ['a key it does not know', 'noticed: 3m', 'noticedd: 3m', /has the key "noticedd".* \(line 8\)/],
    ['a missing key', '  symptom: Pages take 20 seconds\n', '', /lacks declare\.symptom.* \(line 5\)/],
    ['a wrong duration', 'duration: 40s', 'duration: soon', /"soon".*must be a duration.* \(line 20\)/],
    ['a wrong exit', 'duration: 2s', 'exit: maybe', /"maybe".*must be an exit code.* \(line 14\)/],
    ['a wrong outcome', 'expected: verified', 'expected: fine', /"fine" at expected.* \(line 9\)/],
    ['broken YAML', 'name: shop-slow', 'name: "shop', /is not valid YAML.* \(line \d+\)/],
    ['neither row nor severity', '  row: 1\n', '', /lacks a row or a severity at declare \(line 5\)/],
    ['a row of another runbook', 'row: 1', 'row: 7', /names the row 7, which .* does not have/],
    ['an unknown procedure', 'restart-the-shop', 'nothing', /names the procedure "nothing"/],
    ['a runbook that is not there', 'runbook: shop.md', 'runbook: gone.md', /gone\.md cannot be read/],
  ])('refuses %s with a sentence, and declares nothing', async (_what, from, to, why) => {
    const { line, drill } = shop((text) => text.replace(from, to));
    const said = await drill(...AUTO);
    expect(said.err).toMatch(why);
    expect(said.code).toBe(2);
    expect((await line.run(['incidents', '--json'])).json()).toEqual({ incidents: [] });
  });

  it('refuses a file that is not there', async () => {
    const said = await shop().line.run(['drill', '--scenario', 'other.yaml', ...AUTO]);
    expect(said.err).toContain('other.yaml cannot be read: there is no such file');
    expect(said.code).toBe(2);
  });
});
