/** With --json a mistake is reported as one JSON document on stdout, for scripts. */
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../fixtures/command-line.ts';

const MISTAKES: readonly (readonly string[])[] = [
  ['nonsense'],
  ['show'],
  ['incidents', '--x'],
  ['incidents', 'one too many'],
  ['incidents', '--search'],
  ['run', '--row', 'x'],
  ['run', '--row', '99'],
  ['drill', '--auto'],
  ['drill', '--expect'],
  ['drill', '--scenario', 'app-rollback', '--speed', '0'],
  ['quick', 'one-word'],
  ['resolve', 'NOPE', 'why'],
  ['report', 'action', 'NOPE', 'x', '--type', 'y'],
  ['handover'],
  ['settings', 'set', 'nope', 'x'],
  ['serve', '--port', '99999'],
];

describe('a mistake with --json', () => {
  it('is one JSON document with code, message and advice, and exit code 2', async () => {
    const line = commandLine();
    for (const words of MISTAKES) {
      const said = await line.run([...words, '--json']);
      expect({ words, code: said.code }).toEqual({ words, code: 2 });
      const { error } = said.json() as { error: { code: string; message: string; advice: string } };
      expect(error.message, words.join(' ')).not.toMatch(/^error:|^$/);
      expect(error.advice, words.join(' ')).not.toBe('');
    }
  });

  it('help is no mistake', async () => {
    const said = await commandLine().run(['drill', '--help', '--json']);
    expect(said.code).toBe(0);
    expect(said.out).toContain('Usage: rollbook drill');
  });
});
