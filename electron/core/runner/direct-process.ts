/** A program as a child of the app: everything that only reads, and on Windows the changing commands too. */
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { RollbookError } from '#shared/api/result.ts';
import type { Clock, Exit, RunningProcess, SpawnRequest, Stream } from '../ports.ts';
import { endGroup, KILL_PROOF_MS, provenGone, signalGroup, startTimeOf, UNKNOWN_START } from './process-group.ts';
import { endsWithUs } from './read-guard.ts';

/** A grandchild may hold the pipe open forever; what it prints later is not this command's output. */
export const DRAIN_MS = 1_000;

export interface DirectRequest extends SpawnRequest {
  /** Standard input; none by default. Secrets go here and never into an argument, which every user could read. */
  readonly input?: string;
}

/**
 * Starts a process that ends with the app: reads, and every command on Windows. The run ends at its exit plus a second
 * of draining, even if a child of it keeps the output open. Code: `environment` when the program cannot be started.
 */
export async function spawnDirect(request: DirectRequest, clock: Clock): Promise<RunningProcess> {
  const [file, ...args] = request.argv;
  const child = execa(file, args, {
    cwd: request.cwd,
    env: { ...request.env, ROLLBOOK_RUN: request.runId },
    extendEnv: false,
    ...(request.input === undefined ? { stdin: 'ignore' } : { input: request.input }),
    stdout: 'pipe',
    stderr: 'pipe',
    encoding: 'buffer',
    buffer: false,
    reject: false,
    // A process group of its own, so that a stop reaches everything the command started. On Windows it means to have no
    // console, so each program that it starts would open one; only a change, which must outlive the app, takes that.
    detached: process.platform !== 'win32' || request.effect !== 'read',
    windowsHide: true,
  });
  const relay = chunkRelay();
  const drained = Promise.all([drain(child.stdout, 'stdout', relay.push), drain(child.stderr, 'stderr', relay.push)]);
  const ended = new Promise<Exit>((resolve) => {
    child.nodeChildProcess.once('exit', (code, signal) => resolve(exitOf(code, signal)));
  });
  const pid = child.pid;
  if (pid === undefined) {
    const result = await child;
    throw new RollbookError(
      'environment',
      `${file} could not be started in ${request.cwd}: ${result.originalMessage ?? 'no reason given'}.`,
      'Check that the file and the working folder exist and may be used.',
    );
  }

  const letGo = request.effect === 'read' ? endsWithUs(pid) : () => undefined;
  const exited = (async (): Promise<Exit> => {
    const exit = await endWithin(request.timeoutMs, ended, pid, clock);
    letGo();
    const late = new AbortController();
    await Promise.race([drained, clock.sleep(DRAIN_MS, late.signal)]);
    late.abort();
    child.stdout.destroy();
    child.stderr.destroy();
    return exit;
  })();

  return {
    pid,
    pgid: pid,
    startTime: startTimeOf(pid) ?? UNKNOWN_START,
    onChunk: relay.onChunk,
    exited,
    // Nobody can hear a reading after this process ends, so it is interrupted.
    leave: () => {
      if (request.effect === 'read') signalGroup(pid, 'SIGINT');
    },
    interrupt: () => signalGroup(pid, 'SIGINT'),
    async kill() {
      signalGroup(pid, 'SIGKILL');
      return provenGone(pid, clock, KILL_PROOF_MS);
    },
  };
}

/**
 * Waits for the end. After `timeoutMs` the whole group gets SIGTERM, and SIGKILL two seconds later. The wait ends then,
 * even if the group is not proven gone (it may run as another user by now).
 */
async function endWithin(
  timeoutMs: number | undefined,
  ended: Promise<Exit>,
  pgid: number,
  clock: Clock,
): Promise<Exit> {
  if (timeoutMs === undefined) return await ended;
  const over = new AbortController();
  void ended.then(() => over.abort());
  await clock.sleep(timeoutMs, over.signal);
  if (over.signal.aborted) return await ended;
  await endGroup(pgid, clock);
  return { kind: 'timeout', afterMs: timeoutMs };
}

/** Resolves when the stream has ended, whether well or badly. */
export function drain(
  stream: Readable,
  name: Stream,
  push: (stream: Stream, bytes: Uint8Array) => void,
): Promise<void> {
  return new Promise((resolve) => {
    stream.on('data', (bytes: Uint8Array) => push(name, bytes));
    stream.once('error', () => resolve());
    stream.once('close', () => resolve());
  });
}

function exitOf(code: number | null, signal: string | null): Exit {
  if (signal !== null) return { kind: 'signal', signal };
  return code === null ? { kind: 'lost' } : { kind: 'code', code };
}

/** A shell reports the end by signal n as 128 + n, the same as a program that exits with that code. */
export function exitOfShellCode(code: number): Exit {
  const signal = Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0];
  return signal === undefined ? { kind: 'code', code } : { kind: 'signal', signal };
}

/** Bytes kept before the first listener; beyond this only the newest. */
const EARLY_MAX = 8 * 1024 * 1024;

type Listener = (stream: Stream, bytes: Uint8Array) => void;

export interface ChunkRelay {
  readonly push: Listener;
  readonly onChunk: (listener: Listener) => void;
}

export function chunkRelay(): ChunkRelay {
  const listeners: Listener[] = [];
  let early: { readonly stream: Stream; readonly bytes: Uint8Array }[] = [];
  let earlyBytes = 0;
  return {
    push(stream, bytes) {
      for (const listener of listeners) listener(stream, bytes);
      if (listeners.length > 0) return;
      early.push({ stream, bytes });
      earlyBytes += bytes.length;
      while (earlyBytes > EARLY_MAX) earlyBytes -= early.shift()?.bytes.length ?? 0;
    },
    onChunk(listener) {
      listeners.push(listener);
      const kept = early;
      early = [];
      earlyBytes = 0;
      for (const { stream, bytes } of kept) listener(stream, bytes);
    },
  };
}
