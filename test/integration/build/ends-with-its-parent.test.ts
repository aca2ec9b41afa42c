/** Ending `npm start`, or the script it runs, ends the server. With real processes and the built command line. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dataFolder } from '../../fixtures/data-folder.ts';
import { skippedFor } from '../../fixtures/skipping.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

interface Served {
  readonly started: ChildProcess;
  /** The whole output, once all processes that could write to it have ended. */
  readonly said: Promise<string>;
  readonly ready: Promise<void>;
}

function served(
  file: string,
  args: readonly string[],
  says = 'Rollbook serves until Ctrl-C.',
  input: number | 'ignore' = 'ignore',
): Served {
  const started = spawn(file, args, {
    cwd: PROJECT,
    env: { ...process.env, ROLLBOOK_HOME: dataFolder(), DISPLAY: '', WAYLAND_DISPLAY: '' },
    stdio: [input, 'pipe', 'inherit'],
    // Its own process group, so that a failed test leaves no process.
    detached: true,
  });
  onTestFinished(() => {
    try {
      process.kill(-(started.pid ?? 0), 'SIGKILL');
    } catch {
      // It has ended already.
    }
  });
  const { stdout } = started;
  if (stdout === null) throw new Error('no pipe');
  let text = '';
  const ready = new Promise<void>((resolve) => {
    stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.includes(says)) resolve();
    });
  });
  // The pipe closes when the last process that holds it ends, which includes the server.
  return { started, ready, said: once(stdout, 'close').then(() => text) };
}

describe('the wizard ends', skippedFor(process.platform === 'win32' ? 'Windows has no signals' : null), () => {
  it('when the script that started it is killed, and says how to come back', async () => {
    const drill = ['build/rollbook.mjs', 'drill', '--scenario', 'app-rollback'];
    // An input that goes on, as a terminal does.
    const fifo = join(dataFolder(), 'typed');
    execFileSync('mkfifo', [fifo]);
    const typed = openSync(fifo, 'r+');
    onTestFinished(() => closeSync(typed));
    const { started, ready, said } = served(process.execPath, drill, 'Enter does it', typed);
    await ready;
    process.kill(started.pid ?? 0, 'SIGKILL');
    expect(await said).toMatch(
      /Left open\. Go on with: (?:npm run -s rollbook --|node build\/rollbook\.mjs|rollbook) run --resume \w{26}\n$/,
    );
  });
});

describe('the server ends', skippedFor(process.platform === 'win32' ? 'Windows has no signals' : null), () => {
  it('when npm is ended by its pid', async () => {
    const { started, ready, said } = served('npm', ['start', '--', '--loopback']);
    await ready;
    process.kill(started.pid ?? 0, 'SIGTERM');
    expect(await said).toContain('Rollbook has ended.');
  });

  it('when the script that started it is killed and can tell nobody', async () => {
    const { started, ready, said } = served(process.execPath, ['build/rollbook.mjs', 'serve']);
    await ready;
    process.kill(started.pid ?? 0, 'SIGKILL');
    expect(await said).toContain('Rollbook has ended.');
  });
});
