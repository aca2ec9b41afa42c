/**
 * Captures evidence about a service (logs, releases, status) as soon as an incident is declared (product rule 11). No step
 * waits for it and no action is refused because of it, so its processes are not runs of the incident.
 */
import { toFailure } from '#shared/api/result.ts';
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

async function captureOne(context: IncidentContext, evidence: Evidence): Promise<void> {
  const { title } = evidence;
  const shown = shellQuote(evidence.argv);
  try {
    await keep(context, evidence, shown);
  } catch (thrown) {
    const why = toFailure(thrown).message;
    await context.eventLog.append(ROLLBOOK, [{ kind: 'evidence.missing', payload: { title, shown, why } }]);
  }
}

async function keep(
  context: IncidentContext,
  { title, argv: [program, ...args], inService }: Evidence,
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
    const { why, output, stdout } = await collect(context, evidenceId, process, inService !== undefined);
    const { path, bytes, lines, sha256 } = output;
    const partial = why !== '';
    const read = partial ? null : readable(() => inService?.(stdout, context.eventLog.state.declared.detectedAt));
    const payload = { evidenceId, title, shown, path, bytes, lines, sha256, partial, why };
    await context.eventLog.append(ROLLBOOK, [
      { kind: 'evidence.captured', payload: read === null ? payload : { ...payload, inService: read } },
    ]);
  } finally {
    await context.folders.remove(evidenceId);
  }
}

/** null for an output that is not what it should be: it is kept all the same. */
function readable<T>(read: () => T | null | undefined): T | null {
  try {
    return read() ?? null;
  } catch {
    return null;
  }
}

/** Stores the output, and keeps its stdout in memory when it will be read. `why`: what is missing from it; empty when it is complete. */
async function collect(context: IncidentContext, evidenceId: string, process: RunningProcess, isRead: boolean) {
  const sink = context.outputs.open(evidenceId);
  const stdout: Uint8Array[] = [];
  let printed = 0;
  const stop = (): void => void process.kill();
  process.onChunk((stream, bytes) => {
    const room = CAPTURE_LIMIT_BYTES - printed;
    printed += bytes.length;
    if (room > 0) sink.write(stream, bytes.subarray(0, room));
    if (room > 0 && isRead && stream === 'stdout') stdout.push(bytes.slice(0, room));
    if (bytes.length >= room && room > 0) stop();
  });
  // The signal of the current lease: a later lease has another one.
  const { letGo } = context;
  letGo.addEventListener('abort', stop, { once: true });
  if (letGo.aborted) stop();
  const exit = await process.exited;
  letGo.removeEventListener('abort', stop);
  const output = await sink.close(letGo);
  const why = output.problem ?? missingOf(letGo, exit, printed);
  return { why, output, stdout: Buffer.concat(stdout).toString('utf8') };
}

function missingOf(letGo: AbortSignal, exit: Awaited<RunningProcess['exited']>, printed: number): string {
  if (printed >= CAPTURE_LIMIT_BYTES) return `cut after ${CAPTURE_LIMIT_BYTES / (1024 * 1024)} MB`;
  if (exit.kind === 'code' && exit.code === 0) return '';
  if (exit.kind === 'timeout') return `stopped after ${exit.afterMs / 1000} s`;
  if (letGo.aborted) return 'Rollbook was closed meanwhile';
  return exit.kind === 'code' ? `ended with exit code ${exit.code}` : 'its end was not seen';
}
