/** A program that is run for what it prints, and nothing more: a version, a help page, a secret, a reading. */

import type { Clock, Exit, RunningProcess } from '../ports.ts';
import { type DirectRequest, spawnDirect } from './direct-process.ts';

export interface RanToEnd {
  readonly exit: Exit;
  readonly stdout: string;
  readonly stderr: string;
  /** False: it printed more than was kept. */
  readonly whole: boolean;
}

/** At most `maxBytes` of both streams together are kept; what prints more is stopped. Codes: those of spawnDirect. */
export async function runToEnd(request: DirectRequest, clock: Clock, maxBytes: number): Promise<RanToEnd> {
  const child = await spawnDirect(request, clock);
  return await printedBy(child, maxBytes, () => void child.kill());
}

/** The same for a running process; `full` is called once when more is printed than is kept. */
export async function printedBy(
  process: Pick<RunningProcess, 'onChunk' | 'exited'>,
  maxBytes: number,
  full: () => void = () => undefined,
): Promise<RanToEnd> {
  const parts = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  let bytes = 0;
  process.onChunk((stream, chunk) => {
    const room = maxBytes - bytes;
    bytes += chunk.length;
    if (room > 0) parts[stream].push(chunk.subarray(0, room));
    if (room >= 0 && bytes > maxBytes) full();
  });
  const exit = await process.exited;
  const [stdout, stderr] = [parts.stdout, parts.stderr].map((some) => Buffer.concat(some).toString('utf8'));
  return { exit, stdout: stdout ?? '', stderr: stderr ?? '', whole: bytes <= maxBytes };
}
