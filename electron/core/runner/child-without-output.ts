/**
 * Child processes that are not commands: nothing reads their output. A terminal or a browser belongs to the person and
 * outlives Rollbook; a login has this terminal until it ends; a lock is held while this process lives.
 */

import { type ChildProcess, spawn } from 'node:child_process';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Detached {
  /** null once it was started, else why it was not. Never rejects. */
  readonly started: Promise<string | null>;
  /** null after a normal end, else the reason as a clause. Never rejects. */
  readonly ended: Promise<string | null>;
}

/** In a group of its own, which Ctrl-C in our terminal does not reach; it is never waited for. */
export function startDetached(argv: readonly string[], env?: Environment): Detached {
  const [program = '', ...args] = argv;
  const child = spawn(program, args, { ...(env && { env: { ...env } }), detached: true, stdio: 'ignore' });
  child.unref();
  const started = new Promise<string | null>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('spawn', () => resolve(null));
  });
  return { started, ended: endOf(child) };
}

/** Gives the program the whole terminal of this process until it ends. Resolves as `ended` above. */
export function runInThisTerminal(argv: readonly string[], env: Environment): Promise<string | null> {
  const [program = '', ...args] = argv;
  return endOf(spawn(program, args, { env: { ...env }, stdio: 'inherit' }));
}

/** Runs for as long as its input is open; the kernel closes that when this process ends. Answers how to close it. */
export function heldOpen(argv: readonly string[], env: Environment): () => void {
  const [program = '', ...args] = argv;
  const child = spawn(program, args, { env: { ...env }, stdio: ['pipe', 'ignore', 'ignore'], windowsHide: true });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.unref();
  return () => void child.stdin.destroy();
}

function endOf(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code === 0 ? null : `it ended with ${signal ?? `code ${code}`}`));
  });
}
