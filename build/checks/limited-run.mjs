import { spawn } from 'node:child_process';

/** The exit code after Ctrl-C. */
export const INTERRUPTED = 130;
/** Time between SIGTERM and SIGKILL, for a stage to clean up. */
const GRACE_MS = 10_000;

/**
 * Runs the program of one stage. At its time limit, or on Ctrl-C, the program and everything it started is ended.
 * @param {{ file: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv, limitMs: number }} stage
 * @param {(stop: () => void, ms: number) => NodeJS.Timeout} after
 * @returns {Promise<{ code: number, timedOut: boolean }>} `code` is 1 when a signal ended it, or when it did not start
 */
export function limitedRun({ file, args, cwd, env, limitMs }, after = setTimeout) {
  return new Promise((resolve) => {
    // Its own process group, so that all processes of a stage that hangs can be ended.
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
    let timedOut = false;
    let stopped = false;
    /** @type {NodeJS.Timeout | undefined} */
    let killer;
    const signal = (/** @type {NodeJS.Signals} */ name) => {
      try {
        if (child.pid !== undefined) process.kill(process.platform === 'win32' ? child.pid : -child.pid, name);
      } catch {
        // It has ended already.
      }
    };
    const stop = () => {
      stopped = true;
      signal('SIGTERM');
      killer ??= setTimeout(() => signal('SIGKILL'), GRACE_MS);
    };
    const limit = after(() => {
      timedOut = true;
      stop();
    }, limitMs);
    const interrupted = () => {
      stop();
      process.exitCode = INTERRUPTED;
    };
    // On Ctrl-C the signal comes twice: from the terminal, and from npm. The handlers stay, so the second one is harmless.
    process.on('SIGINT', interrupted).on('SIGTERM', interrupted);
    const end = (/** @type {number} */ code) => {
      clearTimeout(limit);
      clearTimeout(killer);
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
      // Its children may outlive it, and would go on writing to the same terminal and files.
      if (stopped) signal('SIGKILL');
      resolve({ code, timedOut });
    };
    child.once('error', () => end(1));
    child.once('exit', (code) => end(code ?? 1));
  });
}
