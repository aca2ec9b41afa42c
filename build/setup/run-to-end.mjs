import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** The signals that are passed on to the program. */
const PASSED_ON = /** @type {const} */ (['SIGTERM', 'SIGHUP', 'SIGINT']);

/**
 * Runs a program with this script's streams, passes on signals, and answers its exit code.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, stdoutTo?: 'stdout' | 'stderr', tied?: boolean }} options
 *   `tied`: a Node program, which gets the event 'disconnect' when this process ends for any reason
 * @returns {Promise<number>} 128 plus the signal's number when a signal ended it. Rejects when it cannot be started
 */
export function runToEnd(file, args, { cwd, env, stdoutTo = 'stdout', tied = false } = {}) {
  return new Promise((resolve, reject) => {
    const streams = /** @type {const} */ (['inherit', stdoutTo === 'stdout' ? 'inherit' : 2, 'inherit']);
    const child = spawn(file, args, { cwd, env, stdio: tied ? [...streams, 'ipc'] : [...streams] });
    // Listening also keeps this script alive while the program cleans up after a signal.
    const pass = (/** @type {NodeJS.Signals} */ signal) => {
      // In a terminal Ctrl-C reaches the program directly. A second one would mean: end at once.
      if (signal !== 'SIGINT' || !inTerminal()) child.kill(signal);
    };
    for (const signal of PASSED_ON) process.on(signal, pass);
    const stopWatching = whenNpmEnds(() => child.kill('SIGTERM'));
    const done = () => {
      stopWatching();
      for (const signal of PASSED_ON) process.off(signal, pass);
    };
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('close', (code, signal) => {
      done();
      resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
    });
  });
}

const inTerminal = () => process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;

/** How often to look whether npm's shell has ended. */
const NPM_POLL_MS = 500;

/** The npm scripts that run for long. A script of another name may have been put in the background on purpose. */
const LONG_SCRIPTS = ['start', 'rollbook'];

// Read now: the shell may end while packages are installed.
const npmShell = process.ppid;

/**
 * npm runs a script in a shell, and passes signals to that shell only: it ends, and the script is never told. So the
 * script watches the shell.
 * @param {() => void} then called once, when npm started this script and its shell has ended
 * @returns {() => void} stops watching
 */
function whenNpmEnds(then) {
  const byNpm = process.platform !== 'win32' && LONG_SCRIPTS.includes(process.env['npm_lifecycle_event'] ?? '');
  if (!byNpm) return () => undefined;
  const timer = setInterval(() => {
    if (process.ppid === npmShell) return;
    clearInterval(timer);
    then();
  }, NPM_POLL_MS);
  timer.unref();
  return () => clearInterval(timer);
}
