/** A read-only look beside everything else: no run of the incident, time-limited, and its failure is nobody's trouble. */
import { printedBy } from '#core/runner/run-to-end.ts';
import type { IncidentContext } from './incident-context.ts';

/** Printed bytes that are kept. */
const LIMIT_BYTES = 4 * 1024 * 1024;

/** What a look needs: an incident's own things, or those of this machine before there is one. */
export type Beside = Pick<IncidentContext, 'adapter' | 'environment' | 'folders' | 'newId'>;

export interface QuietAnswer {
  readonly code: number | null;
  /** False: it printed more than is kept. */
  readonly whole: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** Of the incident's clock. */
  readonly ms: number;
}

interface QuietLimits {
  /** Of the incident's clock. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Absolute; an empty folder without it. */
  readonly cwd?: string;
  /** What this look alone gets in its environment. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** null when the tool is missing, or `signal` came first. Never rejects. */
export async function quietRead(
  context: Beside,
  [tool, ...args]: readonly [string, ...string[]],
  { timeoutMs, signal, cwd, variables = {} }: QuietLimits,
): Promise<QuietAnswer | null> {
  const { tools, spawner, clock } = context.adapter;
  const id = context.newId();
  try {
    const located = await tools.locate(tool);
    if (located === null || signal.aborted) return null;
    const began = clock.monotonic();
    const process = await spawner.spawn({
      runId: id,
      argv: [located.path, ...args],
      cwd: cwd ?? (await context.folders.make(id)),
      env: { ...context.environment, ...variables },
      effect: 'read',
      timeoutMs,
    });
    const stop = (): void => process.interrupt();
    signal.addEventListener('abort', stop, { once: true });
    // It may have come while the process was made.
    if (signal.aborted) stop();
    const { exit, ...printed } = await printedBy(process, LIMIT_BYTES);
    signal.removeEventListener('abort', stop);
    if (signal.aborted) return null;
    const code = exit.kind === 'code' ? exit.code : null;
    return { code, ...printed, ms: Math.round(clock.monotonic() - began) };
  } catch {
    return null;
  } finally {
    await context.folders.remove(id).catch(() => undefined);
  }
}
