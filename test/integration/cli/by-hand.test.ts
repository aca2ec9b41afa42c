/** By hand in the terminal: a command is run elsewhere, its result pasted, and its post-condition is still checked. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../fixtures/command-line.ts';
import { liveRunbook } from '../../fixtures/live-runbook.ts';
import { simulatedTools } from '../../fixtures/simulated-tools.ts';

async function context() {
  const tools = await simulatedTools('app-rollback');
  const line = commandLine();
  const file = join(line.cwd, 'live.md');
  writeFileSync(file, liveRunbook(tools.healthUrl));
  return { line, file, tools };
}

describe('rollbook run, by hand', () => {
  it('a deploy that was not made is not believed: exit code 0 was pasted, the proof says no', async () => {
    const { line, file } = await context();
    const said = await line.run(
      ['run', file, '--row', '1', '--detected', '1', '--trust'],
      ['', '1', 'hand', '0', 'Visit your newly deployed app', '.'],
    );
    expect(said.out).toContain('Copy and run it elsewhere:');
    expect(said.out).toMatch(/fly deploy -a hotdash-agent-service --image registry\.fly\.io\/\S+ /);
    expect(said.out).toContain('Not on the target image');
    expect(said.out).toContain('I ran it by hand');
    expect(said.code).toBe(1);
  });

  it('shows a command to copy with what reads as something else in it as its code', async () => {
    const { line, file } = await context();
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('fly releases -a', 'fly releases \u2013a'));
    const said = await line.run(['run', file, '--row', '1', '--detected', '1', '--trust'], ['hand', '1', 'back']);
    expect(said.out).toContain('fly releases ⟨U+2013⟩a');
    expect(said.out).not.toContain('\u2013a');
  });

  it('offers the other ways before anything was run, and an exit code has to be one', async () => {
    const { line, file } = await context();
    const said = await line.run(
      ['run', file, '--row', '1', '--detected', '1', '--trust'],
      ['', '1', 'hand', 'no idea', 'back', 'other'],
    );
    expect(said.out).toContain('A number from 0 to 255.');
    expect(said.out).toContain('Use the Fly dashboard');
    expect(said.out).toContain('Confirmed by you, with what you saw.');
  });

  it('lines that are piped in behind the number of the row wait for their questions', async () => {
    const { line, file } = await context();
    const said = await line.run(['run', file, '--detected', '1', '--trust'], ['1', '', '1', 'other']);
    expect(said.out).toContain('P0: The service is down');
    expect(said.out).toContain('* v9 chosen to roll back to');
    expect(said.out).toContain('Use the Fly dashboard');
  });
});
