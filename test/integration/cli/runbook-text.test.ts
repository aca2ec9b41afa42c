/** The wizard in a terminal shows the runbook's own words, and what its reads printed. */
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../fixtures/command-line.ts';

const DRILL = ['drill', '--scenario', 'app-rollback', '--speed', '600'];

describe('rollbook drill', () => {
  it('says what the matrix row asks for, and the text of each step once, before its first question', async () => {
    const { out } = await commandLine().run(DRILL, ['', '1']);
    expect(out).toContain('The matrix says: Roll back immediately\n');
    const first = out.indexOf('Step 1 of 5: Choose the release to go back to\n  The newest complete release');
    const second = out.indexOf('Step 2 of 5: Deploy its image\n  Run it from an empty folder');
    expect(first).toBeGreaterThan(0);
    expect(out.indexOf('Read the releases of')).toBeGreaterThan(first);
    expect(second).toBeGreaterThan(out.indexOf('Go back to which release?'));
    expect(out.split('Step 1 of 5')).toHaveLength(2);
  });

  it('prints what a read of the runbook printed before it asks about it, a long one cut in the middle', async () => {
    const { out } = await commandLine().run(DRILL, ['', '1', '', '']);
    const output = out.indexOf(
      '$ curl -fsS --max-time 10 https://hotdash-agent-service.fly.dev/health\n  {"status":"ok"}\n',
    );
    expect(output).toBeGreaterThan(0);
    expect(out.indexOf('Is it gone?')).toBeGreaterThan(output);
    expect(out).toMatch(
      /\$ fly status -a hotdash-agent-service --json\n {2}\{\n(?: {2}.*\n){9} {2}\.\.\. \d+ lines left out, \/output \d+ shows them \.\.\.\n/,
    );
    // The end of it, in front of the next question.
    const shown = out.slice(out.indexOf('$ fly status'), out.indexOf('Is it gone?'));
    expect(shown).toMatch(/\n {2}\}\n/);
    const number = /\/output (\d+) shows/.exec(out)?.[1] ?? '';
    const whole = await commandLine().run(DRILL, ['', '1', '', '', `/output ${number}`, '/output 99']);
    const asked = whole.out.slice(whole.out.lastIndexOf('$ fly status'));
    expect(asked).not.toContain('left out');
    expect(asked).toMatch(/\$ fly status -a hotdash-agent-service --json\n {2}\{\n(?: {2}.*\n){30}/);
    expect(asked).toContain('Name a command by its number');
    // The readings of Rollbook itself are shown as what they found.
    expect(out).not.toContain('$ fly releases');
  });
});
