/** Runs read-only commands that are not recorded as runs of the incident. They are optional, so errors are ignored. */
import { printedBy } from '#core/runner/run-to-end.ts';
import type { IncidentContext } from './incident-context.ts';

/** Bytes of output that are kept. */
const LIMIT_BYTES = 4 * 1024 * 1024;

/** The parts of an incident's context that a quiet read needs. It also works before an incident is declared. */
export type ReadContext = Pick<IncidentContext, 'adapter' | 'environment' | 'folders' | 'newId'>;

interface QuietAnswer {
  /** Exit code; null: it was stopped. */
  readonly code: number | null;
  /** False: it printed more than was kept. */
  readonly whole: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** Duration, incident clock. */
  readonly ms: number;
}

interface QuietLimits {
  /** Incident clock. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Absolute path; null or absent: an empty folder. */
  readonly cwd?: string | null;
}

/**
 * Finds the tool and runs it, with `variables` added to its environment. Null: the tool is missing, it could not be
 * started, or `signal` was aborted. Never rejects.
 */
export async function quietRead(
  context: ReadContext,
  [tool, ...args]: readonly [string, ...string[]],
  { variables = {}, ...limits }: QuietLimits & { readonly variables?: Readonly<Record<string, string>> },
): Promise<QuietAnswer | null> {
  const located = await context.adapter.tools.locate(tool).catch(() => null);
  if (located === null) return null;
  return await quietRun(context, [located.path, ...args], { ...limits, env: { ...context.environment, ...variables } });
}

/** As quietRead, for a program whose path is known. `env` is its whole environment. */
export async function quietRun(
  context: ReadContext,
  argv: readonly [string, ...string[]],
  { timeoutMs, signal, cwd = null, env }: QuietLimits & { readonly env: Readonly<Record<string, string>> },
): Promise<QuietAnswer | null> {
  const { spawner, clock } = context.adapter;
  const id = context.newId();
  try {
    if (signal.aborted) return null;
    const began = clock.monotonic();
    const process = await spawner.spawn({
      runId: id,
      argv,
      cwd: cwd ?? (await context.folders.make(id)),
      env,
      effect: 'read',
      timeoutMs,
    });
    const stop = (): void => process.interrupt();
    signal.addEventListener('abort', stop, { once: true });
    // The signal may have been aborted while the process was starting.
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
