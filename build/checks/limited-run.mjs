import { spawn } from 'node:child_process';

/** The exit code of a run that a person ended. */
export const INTERRUPTED = 130;
/** After the interrupt a stage has this long to put its things in order. */
const GRACE_MS = 10_000;

/**
 * Runs one stage's program, with a time limit after which it and all it started are ended.
 * @param {{ file: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv, limitMs: number }} stage
 * @param {(stop: () => void, ms: number) => NodeJS.Timeout} after
 * @returns {Promise<{ code: number, timedOut: boolean }>} `code` is 1 when a signal ended it or it could not be started
 */
export function limitedRun({ file, args, cwd, env, limitMs }, after = setTimeout) {
  return new Promise((resolve) => {
    // A group of its own, so that nothing of a stage that hangs is left behind.
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
    let timedOut = false;
    let stopped = false;
    /** @type {NodeJS.Timeout | undefined} */
    let killer;
    const signal = (/** @type {NodeJS.Signals} */ name) => {
      try {
        if (child.pid !== undefined) process.kill(process.platform === 'win32' ? child.pid : -child.pid, name);
      } catch {
        // It is gone already.
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
    // A terminal tells every process of it, and whoever started this one tells it again: the second time must not end it.
    process.on('SIGINT', interrupted).on('SIGTERM', interrupted);
    const end = (/** @type {number} */ code) => {
      clearTimeout(limit);
      clearTimeout(killer);
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
      // Its own children may take longer, and write where it wrote.
      if (stopped) signal('SIGKILL');
      resolve({ code, timedOut });
    };
    child.once('error', () => end(1));
    child.once('exit', (code) => end(code ?? 1));
  });
}
