/** Reads what the keeper held of a command's output, from its first byte on (keeper.ts). */

import { closeSync, constants, openSync, readSync } from 'node:fs';
import type { Clock } from '../../ports.ts';
import { endMark, unmarked, HELD_END, HELD_MAX, runnerName } from './keeper.ts';
import { runFile } from './run-folder.ts';

/** `cut`: more was printed, and only its last HELD_MAX bytes are here. */
export interface HeldOutput {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly cut: boolean;
}

/** A grandchild may hold the output open for ever: so long is waited for its end, ms. */
const WAIT_MS = 10_000;
/** How often an empty FIFO with a writer is read again, ms. */
const LOOK_MS = 20;

/** Null when the output is not held any more, or has not ended. It can be taken once. */
export async function takeHeld(keeperFolder: string, runId: string, clock: Clock): Promise<HeldOutput | null> {
  const until = clock.monotonic() + WAIT_MS;
  const [stdout, stderr] = await Promise.all([
    readAll(runFile(keeperFolder, runId, 'heldOut'), clock, until),
    readAll(runFile(keeperFolder, runId, 'heldErr'), clock, until),
  ]);
  if (stdout === null || stderr === null) return null;
  const mark = endMark(runnerName(runId));
  const [out, err] = [unmarked(stdout, mark), unmarked(stderr, mark)];
  return {
    stdout: out.subarray(-HELD_MAX),
    stderr: err.subarray(-HELD_MAX),
    cut: Math.max(out.length, err.length) > HELD_MAX,
  };
}

/**
 * Everything that was held, without the mark at its end; null if the mark is missing. Read with readSync and not as a
 * stream: the kernel does not report the end to a reader that opened the FIFO after its last writer, but a read returns
 * it.
 */
async function readAll(path: string, clock: Clock, until: number): Promise<Buffer | null> {
  const fd = openIfThere(path);
  if (fd === null) return null;
  try {
    const chunks: Buffer[] = [];
    const buffer = Buffer.alloc(64 * 1024);
    for (;;) {
      const count = readNow(fd, buffer);
      if (count === 0) break;
      if (count !== null) chunks.push(Buffer.from(buffer.subarray(0, count)));
      else if (clock.monotonic() > until) return null;
      else await clock.sleep(LOOK_MS);
    }
    const bytes = Buffer.concat(chunks);
    return bytes.at(-1) === HELD_END.charCodeAt(0) ? bytes.subarray(0, -1) : null;
  } finally {
    closeSync(fd);
  }
}

/** Never waits for a writer. */
function openIfThere(path: string): number | null {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return null;
  }
}

/** Bytes read; 0 at the end; null while there is nothing and there may be more. */
function readNow(fd: number, buffer: Buffer): number | null {
  try {
    return readSync(fd, buffer);
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EAGAIN') return null;
    throw thrown;
  }
}
