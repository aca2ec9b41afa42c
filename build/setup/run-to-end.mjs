import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { whenNpmIsGone } from './npm-gone.mjs';

/** What is passed on to the child. */
const PASSED_ON = /** @type {const} */ (['SIGTERM', 'SIGHUP', 'SIGINT']);

/**
 * Runs a program in our place: its streams are ours, the signals that reach us reach it, its exit code is the answer.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, stdoutTo?: 'stdout' | 'stderr', tied?: boolean }} options
 *   tied: it is one of Node, and hears ('disconnect') when we are gone, however we went
 * @returns {Promise<number>} 128 plus the signal's number when a signal ended it. Rejects when it cannot be started.
 */
export function runToEnd(file, args, { cwd, env, stdoutTo = 'stdout', tied = false } = {}) {
  return new Promise((resolve, reject) => {
    const streams = /** @type {const} */ (['inherit', stdoutTo === 'stdout' ? 'inherit' : 2, 'inherit']);
    const child = spawn(file, args, { cwd, env, stdio: tied ? [...streams, 'ipc'] : [...streams] });
    // Having a listener also keeps us alive until the child has put its things in order.
    const pass = (/** @type {NodeJS.Signals} */ signal) => {
      // Ctrl-C in a terminal reaches both of us; twice would be a second, impatient one.
      if (signal !== 'SIGINT' || !inTerminal()) child.kill(signal);
    };
    for (const signal of PASSED_ON) process.on(signal, pass);
    const lookNoMore = whenNpmIsGone(() => child.kill('SIGTERM'));
    const done = () => {
      lookNoMore();
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
