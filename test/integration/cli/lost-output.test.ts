/** Output that cannot be written ends a command with a sentence and its exit code, never with a stack trace. */
import { spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dataFolder } from '../../fixtures/data-folder.ts';
import { skippedFor } from '../../fixtures/skipping.ts';

const MAIN = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
const FULL = '/dev/full';

interface Ended {
  readonly code: number | null;
  readonly err: string;
}

/** `closed`: the reader of stdout is gone before anything is written. */
function run(args: readonly string[], out: number | 'closed', err: number | 'pipe' = 'pipe'): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, ROLLBOOK_HOME: dataFolder() },
    stdio: ['ignore', out === 'closed' ? 'pipe' : out, err],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  if (out === 'closed') child.stdout?.destroy();
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => (text += part));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, err: text })));
}

describe('a disk that is full', skippedFor(existsSync(FULL) ? null : 'there is no /dev/full here'), () => {
  it.each([[['rules']], [['--help']], [['check', '--json', 'no-such-file.md']], [['incidents']], [['settings']]])(
    'under the output of %j is told, with exit code 4',
    async (args) => {
      const { code, err } = await run(args, openSync(FULL, 'w'));
      expect(err).toBe('rollbook: The output could not be written: the disk is full.\n');
      expect(code).toBe(4);
    },
  );

  it('under the errors changes no exit code', async () => {
    const full = openSync(FULL, 'w');
    expect(await run(['no-such-command'], full, full)).toEqual({ code: 2, err: '' });
  });
});

describe('a reader that is gone', () => {
  it('is no failure of a command that only prints', async () => {
    expect(await run(['rules'], 'closed')).toEqual({ code: 0, err: '' });
  });

  it('ends a conversation, which says how to come back', async () => {
    const { code, err } = await run(['drill', '--scenario', 'app-rollback'], 'closed');
    expect(err).toContain('Nobody reads the output any more');
    expect(err).not.toMatch(/^\s+at /m);
    expect(code).toBe(3);
  });
});
