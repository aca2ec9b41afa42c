/**
 * Starts commands as processes. What reads is a child of the app (direct-process.ts). A change on POSIX is started with its
 * runner and keeper (keeper/keeper.ts), and a later app attaches to what they left open.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, constants, openSync, accessSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import { RollbookError } from '#shared/api/result.ts';
import type { Clock, Exit, RunningProcess, SpawnRequest, Spawner } from '../ports.ts';
import { chunkRelay, DRAIN_MS, drain, exitOfShellCode, spawnDirect } from './direct-process.ts';
import {
  endMark,
  withoutMarks,
  HELD_FOR_S,
  KEEPER_SCRIPT,
  keeperName,
  RUN_FILES,
  RUNNER_SCRIPT,
  runnerName,
} from './keeper/keeper.ts';
import { exitInFolder, makeRunFolder, noteKill, removeRunFolder, runFile, wasKilled } from './keeper/run-folder.ts';
import { groupIsGone, KILL_PROOF_MS, provenGone, signalGroup, startTimeOf, UNKNOWN_START } from './process-group.ts';
import { isAbsolute } from 'node:path';

export interface RealSpawnerOptions {
  readonly clock: Clock;
  /** Folder for the exit codes of changing commands: in the data folder, 0700, never a shared temporary one. */
  readonly keeperFolder: string;
  /** How long the keeper holds output for the next app, seconds; a day by default. */
  readonly holdForS?: number;
}

/**
 * Read-only commands are children of the app and may have a time limit. Changing ones run under a keeper that outlives
 * it (keeper.ts), except on Windows, where nothing is found again after the app has died.
 * `spawn` throws `tool-missing`, `bad-arguments`, `environment`, `conflict`, `store-unwritable` or `disk-full`.
 * After the result of a changing command is stored, `acknowledge` it (reattach.ts).
 */
export function realSpawner(options: RealSpawnerOptions): Spawner {
  return {
    async spawn(request) {
      mustBeExecutable(request.argv[0]);
      if (request.effect === 'read') return spawnDirect(request, options.clock);
      if (request.timeoutMs !== undefined) {
        throw new RollbookError(
          'bad-arguments',
          `Run ${request.runId} changes something and was given a time limit.`,
          'Only read-only commands may be stopped by a clock.',
        );
      }
      if (process.platform === 'win32') return spawnDirect(request, options.clock);
      return spawnKept(request, options.keeperFolder, options.clock, options.holdForS);
    },
  };
}

function mustBeExecutable(path: string): void {
  const missing = (why: string): RollbookError =>
    new RollbookError(
      'tool-missing',
      `${path} cannot be run: ${why}.`,
      'Install the tool or correct PATH, then try again.',
      { path },
    );
  if (!isAbsolute(path)) throw missing('it is not an absolute path');
  if (!(statSync(path, { throwIfNoEntry: false })?.isFile() ?? false)) throw missing('there is no such file');
  try {
    accessSync(path, constants.X_OK);
  } catch {
    throw missing('it is not executable');
  }
}

const SHELL = '/bin/sh';
/** How often the end of a process that is not our child is checked, ms. */
const LOOK_MS = 200;
/** So long is waited for the output of a command that has ended: on a busy machine the keeper passes it on late, ms. */
const LATE_MS = 60_000;

interface KeptRun {
  readonly keeperFolder: string;
  readonly runId: string;
  readonly clock: Clock;
}

/**
 * Starts a changing command under its keeper, which outlives the app. `keeperFolder` has its FIFOs and exit code until
 * it is acknowledged. `holdForS`: how long the keeper holds the output of a run that nobody attaches to, seconds.
 */
export async function spawnKept(
  request: SpawnRequest,
  keeperFolder: string,
  clock: Clock,
  holdForS = HELD_FOR_S,
): Promise<RunningProcess> {
  const run: KeptRun = { keeperFolder, runId: request.runId, clock };
  const folder = runFile(keeperFolder, request.runId);
  makeRunFolder(keeperFolder, request.runId);
  let lines: Lines | null = null;
  const opened: number[] = [];
  const open = (name: keyof typeof RUN_FILES, flags: number): number => {
    const fd = openSync(runFile(keeperFolder, request.runId, name), flags);
    opened.push(fd);
    return fd;
  };
  try {
    lines = openLines(run);
    // A reader that does not wait for a writer, then a writer, then the reader to be handed on: none of these can block.
    (['saysOut', 'saysErr', 'heldOut', 'heldErr'] as const).forEach((name) =>
      open(name, constants.O_RDONLY | constants.O_NONBLOCK),
    );
    const [says, hears] = [['saysOut', 'saysErr'] as const, ['stdout', 'stderr'] as const];
    const written = [...says, ...hears].map((name) => open(name, constants.O_WRONLY));
    const [write, heard] = [written.slice(0, 2), written.slice(2)];
    (['heldOut', 'heldErr'] as const).forEach((name) => open(name, constants.O_WRONLY));
    const read = (['life', ...hears, ...says, 'heldOut', 'heldErr'] as const).map((name) =>
      open(name, constants.O_RDONLY),
    );
    // The keeper first: were the app to die between the two, the command could never find its output closed.
    // Node's own spawn, because execa passes no open descriptors on.
    const keeper = await started(
      spawn(SHELL, ['-c', KEEPER_SCRIPT, keeperName(request.runId), folder, String(holdForS)], {
        // Its own few programs, whatever the command finds first on its PATH.
        env: { PATH: `/usr/bin:/bin:${request.env.PATH ?? ''}` },
        cwd: folder,
        detached: true,
        stdio: ['ignore', ...heard, ...read],
      }),
      request,
    );
    keeper.unref();
    const runner = spawn(SHELL, ['-c', RUNNER_SCRIPT, runnerName(request.runId), folder, ...request.argv], {
      env: { ...request.env, ROLLBOOK_RUN: request.runId },
      cwd: request.cwd,
      detached: true,
      stdio: ['ignore', ...write],
    });
    const ended = new Promise<ChildEnd>((resolve) => {
      runner.once('exit', (code, signal) => resolve({ code, signal }));
    });
    const { pid } = await started(runner, request);
    return keptProcess(run, pid, startTimeOf(pid) ?? UNKNOWN_START, lines, ended);
  } catch (thrown) {
    lines?.close();
    removeRunFolder(keeperFolder, request.runId);
    throw thrown;
  } finally {
    opened.forEach((fd) => closeSync(fd));
  }
}

/** A run started by an earlier app and still going. Its output from now on is heard; what fell in between is not. */
export function attachKept(run: KeptRun, pid: number, startTime: string): RunningProcess {
  return keptProcess(run, pid, startTime, openLines(run), Promise.resolve({ code: null, signal: null }));
}

/** Throws `environment` when the process could not be made. */
async function started(child: ChildProcess, request: SpawnRequest): Promise<ChildProcess & { readonly pid: number }> {
  if (hasPid(child)) return child;
  const reason = await new Promise<Error>((resolve) => {
    child.once('error', resolve);
  });
  throw new RollbookError(
    'environment',
    `${request.argv[0]} could not be started in ${request.cwd}: ${reason.message}.`,
    'Check that the working folder exists and may be used.',
  );
}

const hasPid = (child: ChildProcess): child is ChildProcess & { readonly pid: number } => child.pid !== undefined;

/** How the runner ended, if it is a child of this process; both null if an earlier process started it. */
interface ChildEnd {
  readonly code: number | null;
  readonly signal: string | null;
}

interface Lines {
  readonly stdout: Socket;
  readonly stderr: Socket;
  close(): void;
}

/** `life` is opened both ways: that never blocks, and the other end sees it close when this process dies. */
function openLines({ keeperFolder, runId }: KeptRun): Lines {
  const fd = (name: 'stdout' | 'stderr'): number =>
    openSync(runFile(keeperFolder, runId, name), constants.O_RDONLY | constants.O_NONBLOCK);
  const life = openSync(runFile(keeperFolder, runId, 'life'), constants.O_RDWR | constants.O_NONBLOCK);
  const [stdout, stderr] = [
    new Socket({ fd: fd('stdout'), readable: true, writable: false }),
    new Socket({ fd: fd('stderr'), readable: true, writable: false }),
  ];
  let closed = false;
  const close = (): void => {
    if (closed) return;
    closed = true;
    stdout.destroy();
    stderr.destroy();
    closeSync(life);
  };
  return { stdout, stderr, close };
}

function keptProcess(
  run: KeptRun,
  pid: number,
  startTime: string,
  lines: Lines,
  childEnd: Promise<ChildEnd>,
): RunningProcess {
  const relay = chunkRelay();
  const output = withoutMarks(endMark(runnerName(run.runId)), relay.push);
  let whole = false;
  let closed = false;
  const seeWhole = (): void => void (whole ||= !closed);
  const drained = Promise.all(
    (['stdout', 'stderr'] as const).map((name) => drain(lines[name], name, output.push)),
  ).then(seeWhole);
  const marked = output.marked.then(seeWhole);
  const exited = (async (): Promise<Exit> => {
    const exit = await endOf(run, pid, await childEnd);
    const late = new AbortController();
    await Promise.race([drained, run.clock.sleep(DRAIN_MS, late.signal)]);
    // A command that was killed prints no mark.
    if (exit.kind === 'code') await Promise.race([drained, marked, run.clock.sleep(LATE_MS, late.signal)]);
    late.abort();
    closed = true;
    lines.close();
    output.end();
    return exit;
  })();
  return {
    pid,
    pgid: pid,
    startTime,
    onChunk: relay.onChunk,
    exited,
    heardAll: () => whole,
    // The keeper drains from here until another app attaches.
    leave: () => lines.close(),
    interrupt: () => signalGroup(pid, 'SIGINT'),
    async kill() {
      noteKill(run.keeperFolder, run.runId);
      signalGroup(pid, 'SIGKILL');
      return provenGone(pid, run.clock, KILL_PROOF_MS);
    },
  };
}

/** Waits for the exit code in the folder, or for a group that is gone without one. */
async function endOf({ keeperFolder, runId, clock }: KeptRun, pgid: number, child: ChildEnd): Promise<Exit> {
  for (;;) {
    // Asked before the folder: a runner that ends in between has written its code by then.
    const gone = groupIsGone(pgid);
    const exit = exitInFolder(keeperFolder, runId);
    if (exit !== null) return exit;
    // The runner ended without writing its code: the disk is full, but this process saw the code.
    if (child.code !== null) return exitOfShellCode(child.code);
    if (gone && wasKilled(keeperFolder, runId)) return { kind: 'signal', signal: 'SIGKILL' };
    if (gone) return child.signal === null ? { kind: 'lost' } : { kind: 'signal', signal: child.signal };
    await clock.sleep(LOOK_MS);
  }
}
