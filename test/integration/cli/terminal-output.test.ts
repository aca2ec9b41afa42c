/** What commands print is in the terminal when it is asked about, and steers nothing there. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandLine } from '../../fixtures/command-line.ts';

const RUNBOOK = new URL('../../fixtures/other-teams/terminal.md', import.meta.url);

/** Runs it with these answers, none to which service it is, and returns what was printed. */
async function printed(answers: readonly string[], change: (text: string) => string = (text) => text): Promise<string> {
  const line = commandLine();
  const file = join(line.cwd, 'terminal.md');
  writeFileSync(file, change(readFileSync(RUNBOOK, 'utf8')));
  return (await line.run(['run', file, '--row', '1', '--detected', '1', '--trust'], ['', ...answers])).out;
}

it('a read that failed is shown before a person is asked what they see', async () => {
  const out = await printed(['', '', '1', 'looked at it', '']);
  const [shown, asked] = [out.indexOf('\n  the disk of db-7 is full\n'), out.indexOf('what do you see')];
  expect(shown).toBeGreaterThan(0);
  expect(asked).toBeGreaterThan(shown);
});

it('a read that succeeded is shown as well', async () => {
  const failing = /\n2\. \*\*Read that fails[\s\S]*?\n {3}```(?=\n3)/;
  const out = await printed(['', '', '1', 'looked at it', '', ''], (text) => text.replace(failing, ''));
  expect(out).toContain('\n  17 rows would be lost\n');
});

it('control codes of a command are shown, and reach no terminal', async () => {
  const out = await printed(['', '']);
  expect(out).toContain('⟨U+001B⟩]52;c;aGFja2Vk⟨U+0007⟩');
  expect(out).not.toMatch(/[\u0007\u001b]/);
});
