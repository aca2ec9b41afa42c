/** For tests of the runner: data folders, real processes, and waiting for conditions. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Effect, RunningProcess, Spawner, Stream } from '#core/ports.ts';
import { groupIsGone, signalGroup } from '#core/runner/process-group.ts';
import { realSpawner } from '#core/runner/process-spawner.ts';
import { type Reattacher, reattacher } from '#core/runner/keeper/reattach.ts';
import { systemPorts } from '#core/system-ports.ts';

export const SH = '/bin/sh';
export const { clock, timers } = systemPorts();

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-runner-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Kills the process group after the test, if it still exists. */
export function mindGroup(pgid: number): void {
  onTestFinished(() => void (groupIsGone(pgid) || signalGroup(pgid, 'SIGKILL')));
}

export interface Bench {
  readonly folder: string;
  readonly keeperFolder: string;
  readonly spawner: Spawner;
  readonly reattacher: Reattacher;
  start(
    effect: Effect,
    argv: readonly [string, ...string[]],
    more?: { readonly runId?: string; readonly timeoutMs?: number; readonly env?: Record<string, string> },
  ): Promise<Started>;
}

export interface Started {
  readonly process: RunningProcess;
  readonly output: Record<Stream, string>;
  /** Resolves when the text stands in the output. */
  readonly printed: (text: string) => Promise<void>;
}

/** `folder`: where the command runs. */
export function newBench(holdForS = 60, folder = newFolder()): Bench {
  const keeperFolder = join(folder, 'keepers');
  // Killed after a minute, if a test does not end it.
  const spawner = realSpawner({ clock, keeperFolder, holdForS });
  return {
    folder,
    keeperFolder,
    spawner,
    reattacher: reattacher({ clock, keeperFolder }),
    async start(effect, argv, { runId = 'run-1', timeoutMs, env = {} } = {}) {
      const process_ = await spawner.spawn({
        runId,
        argv,
        cwd: folder,
        env: { PATH: process.env['PATH'] ?? '', ...env },
        effect,
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      });
      mindGroup(process_.pgid);
      return listenTo(process_);
    },
  };
}

export function listenTo(running: RunningProcess): Started {
  const output: Record<Stream, string> = { stdout: '', stderr: '' };
  const waiting = new Set<() => void>();
  running.onChunk((stream, bytes) => {
    output[stream] += Buffer.from(bytes).toString('latin1');
    for (const look of waiting) look();
  });
  return {
    process: running,
    output,
    printed: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!(output.stdout + output.stderr).includes(text)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

/** Polls until the condition is true. The test's time limit ends it otherwise. */
export async function until(fact: () => boolean): Promise<void> {
  while (!fact()) await clock.sleep(10);
}
