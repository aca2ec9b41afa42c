/**
 * Captures evidence about a service (logs, releases, status) as soon as an incident is declared (product rule 11). No step
 * waits for it and no action is refused because of it, so its processes are not runs of the incident.
 */
import { toFailure } from '#shared/contract/result.ts';
import { shellQuote } from '#shared/runbook/shell-quote.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import type { Evidence } from '#core/platforms/platform.ts';
import { evidenceOf } from '#core/platforms/registry.ts';
import type { RunningProcess } from '#core/ports.ts';

/** Time limit for each command, ms, incident clock. */
const CAPTURE_LIMIT_MS = 30_000;
/** Limit for each command, both streams together. */
export const CAPTURE_LIMIT_BYTES = 20 * 1024 * 1024;

/** Resolves when everything that could be captured is on disk. Rejects only when the store cannot be written. */
export async function captureEvidence(context: IncidentContext, service: string): Promise<void> {
  await context.secrets?.ensure();
  await Promise.all(evidenceOf(context.runbook, service).map((evidence) => captureOne(context, evidence)));
}

async function captureOne(context: IncidentContext, { title, argv }: Evidence): Promise<void> {
  const shown = shellQuote(argv);
  try {
    await keep(context, title, argv, shown);
  } catch (thrown) {
    const why = toFailure(thrown).message;
    await context.eventLog.append(ROLLBOOK, [{ kind: 'evidence.missing', payload: { title, shown, why } }]);
  }
}

async function keep(
  context: IncidentContext,
  title: string,
  [program, ...args]: Evidence['argv'],
  shown: string,
): Promise<void> {
  const tool = await context.adapter.tools.locate(program);
  const evidenceId = context.newId();
  if (tool === null) throw new Error(`${program} is not on the PATH of this machine.`);
  const cwd = await context.folders.make(evidenceId);
  try {
    const process = await context.adapter.spawner.spawn({
      runId: evidenceId,
      argv: [tool.path, ...args],
      cwd,
      env: context.environment,
      effect: 'read',
      timeoutMs: CAPTURE_LIMIT_MS,
    });
    const { why, output } = await collect(context, evidenceId, process);
    const { path, bytes, lines, sha256 } = output;
    const partial = why !== '';
    await context.eventLog.append(ROLLBOOK, [
      { kind: 'evidence.captured', payload: { evidenceId, title, shown, path, bytes, lines, sha256, partial, why } },
    ]);
  } finally {
    await context.folders.remove(evidenceId);
  }
}

/** Stores the output. `why`: what is missing from it; empty when it is complete. */
async function collect(context: IncidentContext, evidenceId: string, process: RunningProcess) {
  const sink = context.outputs.open(evidenceId);
  let printed = 0;
  const stop = (): void => void process.kill();
  process.onChunk((stream, bytes) => {
    const room = CAPTURE_LIMIT_BYTES - printed;
    printed += bytes.length;
    if (room > 0) sink.write(stream, bytes.subarray(0, room));
    if (bytes.length >= room && room > 0) stop();
  });
  // The signal of the current lease: a later lease has another one.
  const { letGo } = context;
  letGo.addEventListener('abort', stop, { once: true });
  if (letGo.aborted) stop();
  const exit = await process.exited;
  letGo.removeEventListener('abort', stop);
  const output = await sink.close(letGo);
  return { why: output.problem ?? missingOf(letGo, exit, printed), output };
}

function missingOf(letGo: AbortSignal, exit: Awaited<RunningProcess['exited']>, printed: number): string {
  if (printed >= CAPTURE_LIMIT_BYTES) return `cut after ${CAPTURE_LIMIT_BYTES / (1024 * 1024)} MB`;
  if (exit.kind === 'code' && exit.code === 0) return '';
  if (exit.kind === 'timeout') return `stopped after ${exit.afterMs / 1000} s`;
  if (letGo.aborted) return 'Rollbook was closed meanwhile';
  return exit.kind === 'code' ? `ended with exit code ${exit.code}` : 'its end was not seen';
}
