/** Makes the recording of a finished incident: its events, and what its runs printed as far as it is stored. */
import { RollbookError } from '#shared/api/result.ts';
import { recordingOf, type StoredOutput } from '#shared/recordings/from-incident.ts';
import type { Recording } from '#shared/recordings/recording.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import type { IncidentService } from '#core/incidents/incident-service.ts';

/** Of each stream of a run, the end of it. A recording is read by people and carried by a drill. */
const STREAM_MAX_CHARS = 200_000;
/** Of all runs; past it only the excerpts of the timeline are left. */
const TOTAL_MAX_CHARS = 4_000_000;
const LINES_MAX = 20_000;

export interface Recorded {
  readonly recording: Recording;
  /** Hash of the pinned runbook. */
  readonly runbook: string;
  /** Sentences about what is not in it. */
  readonly missing: readonly string[];
}

/** Codes: `not-found`, `not-allowed` (it was purged), `bad-arguments` (it is open, or had simulated tools). */
export async function recordIncident(
  incidents: IncidentService,
  incidentId: string,
  environment: Readonly<Record<string, string>>,
): Promise<Recorded> {
  const { title, adapter } = incidents.summary(incidentId);
  if (adapter === 'simulated') {
    const advice = 'Play its scenario again: rollbook drill --list.';
    throw new RollbookError('bad-arguments', `"${title}" was a drill with simulated tools.`, advice);
  }
  return await incidents.during(incidentId, async ({ context }) => {
    const { state, events } = context.eventLog;
    if (state.resolvedAt === null) {
      const advice = `Resolve it first: rollbook resolve ${incidentId} "why".`;
      throw new RollbookError('bad-arguments', `"${title}" is still open, so it cannot be drilled yet.`, advice);
    }
    const runbookName = context.store.runbooks.list().find(({ hash }) => hash === state.declared.runbook.hash)?.name;
    const { outputs, missing } = await storedOutputs(context);
    const recording = recordingOf({
      incidentId,
      events,
      state,
      runbook: context.runbook,
      runbookName: runbookName ?? state.declared.runbook.title,
      outputs,
      environment,
    });
    return { recording, runbook: state.declared.runbook.hash, missing };
  });
}

async function storedOutputs({ eventLog, outputs }: IncidentContext) {
  const stored = new Map<string, StoredOutput>();
  const missing: string[] = [];
  let total = 0;
  for (const { kind, payload } of eventLog.events) {
    const found =
      payload === null
        ? null
        : kind === 'run.ended' && payload.output !== null
          ? { id: payload.runId, shown: eventLog.state.runs.get(payload.runId)?.shown ?? payload.runId }
          : kind === 'evidence.captured'
            ? { id: payload.evidenceId, shown: payload.shown }
            : null;
    if (found === null) continue;
    const whole = await readStreams(outputs, found.id);
    const kept = { stdout: whole.stdout.slice(-STREAM_MAX_CHARS), stderr: whole.stderr.slice(-STREAM_MAX_CHARS) };
    const length = kept.stdout.length + kept.stderr.length;
    if (total + length > TOTAL_MAX_CHARS) {
      missing.push(`What \`${found.shown}\` printed is left out but for its end: the recording is full.`);
      continue;
    }
    total += length;
    if (length < whole.stdout.length + whole.stderr.length || whole.cut)
      missing.push(`Of what \`${found.shown}\` printed, only the end is in the recording.`);
    stored.set(found.id, kept);
  }
  return { outputs: stored, missing };
}

async function readStreams(outputs: IncidentContext['outputs'], id: string): Promise<StoredOutput & { cut: boolean }> {
  const text = { stdout: '', stderr: '' };
  const { total } = await outputs.readLines(id, 0, 0);
  const { lines } = await outputs.readLines(id, Math.max(0, total - LINES_MAX), LINES_MAX);
  for (const line of lines) text[line.stream] += `${line.text}${line.cut ? '' : '\n'}`;
  return { ...text, cut: total > LINES_MAX };
}
