import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { say } from '../setup/failure.mjs';

/** The address with a one-time token that `rollbook serve` prints. */
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/\S*/;
const GRACE_MS = 5_000;

/**
 * The program under development, which is restarted after each build of the core.
 * @param {{ file: string, args: readonly string[], onAddress: (address: string) => void }} program
 */
export function openHost({ file, args, onAddress }) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  /** Restarts run one after the other. */
  let queue = Promise.resolve();

  const startNew = () => {
    const started = spawn(file, args, { stdio: ['inherit', 'pipe', 'inherit'] });
    child = started;
    if (started.stdout !== null) {
      createInterface({ input: started.stdout }).on('line', (line) => {
        const address = ADDRESS.exec(line)?.[0];
        if (address !== undefined) onAddress(address);
        process.stdout.write(`${line}\n`);
      });
    }
    started.once('error', (error) => say(`The host does not start: ${error.message}`));
    started.once('exit', (code, signal) => {
      if (child !== started) return;
      child = undefined;
      say(`The host ended (${signal ?? code}); it starts again after the next change.`);
    });
  };

  const stopOld = () => {
    const old = child;
    child = undefined;
    return old === undefined || old.exitCode !== null ? Promise.resolve() : ended(old);
  };

  return {
    /** Ends the running program, then starts a new one. */
    restart() {
      queue = queue.then(stopOld).then(startNew);
      return queue;
    },
    stop() {
      queue = queue.then(stopOld);
      return queue;
    },
  };
}

/** Ends a process by SIGTERM, or by SIGKILL when it takes too long. @returns {Promise<void>} */
function ended(/** @type {import('node:child_process').ChildProcess} */ child) {
  return new Promise((resolve) => {
    const kill = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    child.once('exit', () => {
      clearTimeout(kill);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
