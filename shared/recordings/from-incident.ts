/** Makes the recording of an incident from its events and the stored output of its runs. */
import { incidentOutcome } from '../incident/incident-outcome.ts';
import type { IncidentEvent } from '../incident/event.ts';
import type { IncidentState } from '../incident/state.ts';
import type { ExitFact } from '../incident/topics/runs-events.ts';
import { REDACTED } from '../redaction/redactor.ts';
import type { Runbook } from '../runbook/model.ts';
import { splitScript } from './script-words.ts';
import { recordedHealth } from './recorded-health.ts';
import type { After, RecordedCall, Recording } from './recording.ts';

/** What was printed, as stored: redacted. */
export interface StoredOutput {
  readonly stdout: string;
  readonly stderr: string;
}

export interface RecordedIncident {
  readonly incidentId: string;
  readonly events: readonly IncidentEvent[];
  readonly state: IncidentState;
  /** The pinned one. */
  readonly runbook: Runbook;
  /** Its name: `bundled`, or the path of its file. */
  readonly runbookName: string;
  /** Of each run and capture, by its id. */
  readonly outputs: ReadonlyMap<string, StoredOutput>;
  /** Of this process, for variables that are no secrets. */
  readonly environment: Readonly<Record<string, string>>;
}

export function recordingOf(incident: RecordedIncident): Recording {
  const { incidentId, events, state, runbook, runbookName, environment } = incident;
  const { declared } = state;
  const changes = endedChanges(events);
  const procedure = events.findLast(({ kind }) => kind === 'procedure.chosen');
  return {
    name: `incident-${incidentId.toLowerCase()}`,
    title: declared.title,
    runbook: runbookName,
    declare: {
      ...(declared.row === null ? {} : { row: declared.row.condition }),
      severity: declared.severity,
      symptom: declared.symptom,
      service: declared.service,
      ...(procedure?.kind === 'procedure.chosen' && procedure.payload !== null
        ? { procedure: procedure.payload.procedureId }
        : {}),
      ...(declared.symptomProbe?.kind === 'address' ? { probe: declared.symptomProbe.url } : {}),
    },
    startsAt: state.declaredAt,
    noticed: Math.max(0, state.declaredAt - declared.detectedAt),
    expected: incidentOutcome(state, runbook),
    environment: environmentOf(runbook, environment),
    values: valuesOf(events),
    calls: [...capturedCalls(incident), ...runCalls(incident, changes)],
    http: [...recordedHealth(incident, (at) => stageAt(changes, at))],
  };
}

interface EndedChange {
  readonly command: string;
  readonly at: number;
}

/** The changes in the order of their ends. */
function endedChanges(events: readonly IncidentEvent[]): readonly EndedChange[] {
  const intended = new Map<string, string>();
  const ended: EndedChange[] = [];
  for (const event of events) {
    if (event.payload === null) continue;
    if (event.kind === 'run.intended' && event.payload.effect === 'change')
      intended.set(event.payload.runId, splitScript(event.payload.shown));
    if (event.kind === 'run.by-hand' && event.payload.effect === 'change')
      ended.push({ command: splitScript(event.payload.shown), at: event.at });
    if (event.kind !== 'run.ended' || event.payload.notStarted !== undefined) continue;
    const command = intended.get(event.payload.runId);
    if (command !== undefined) ended.push({ command, at: event.at });
  }
  return ended;
}

/** What an entry recorded at this time comes after: the change that had ended last. */
function stageAt(changes: readonly EndedChange[], at: number): (After & { readonly at: number }) | null {
  const before = changes.filter((change) => change.at <= at);
  const last = before.at(-1);
  if (last === undefined) return null;
  return {
    command: last.command,
    times: before.filter(({ command }) => command === last.command).length,
    waitMs: 0,
    at: last.at,
  };
}

function runCalls({ events, outputs }: RecordedIncident, changes: readonly EndedChange[]): readonly RecordedCall[] {
  const intended = new Map<string, Extract<IncidentEvent, { kind: 'run.intended' }>>();
  return events.flatMap((event): RecordedCall[] => {
    if (event.payload === null) return [];
    if (event.kind === 'run.intended') intended.set(event.payload.runId, event);
    if (event.kind === 'run.by-hand') {
      const { shown, exitCode, excerpt } = event.payload;
      return [call(splitScript(shown), { stdout: excerpt, stderr: '' }, exitCode, 0, stageAt(changes, event.at - 1))];
    }
    if (event.kind !== 'run.ended' || event.payload.notStarted !== undefined) return [];
    const { runId, exit, durationMs, excerpt } = event.payload;
    const begun = intended.get(runId);
    if (begun?.payload == null) return [];
    const output = outputs.get(runId) ?? { stdout: excerpt, stderr: '' };
    return [call(splitScript(begun.payload.shown), output, exitOf(exit), durationMs, stageAt(changes, begun.at))];
  });
}

/** The evidence that was captured when the incident was declared. */
const capturedCalls = ({ events, outputs }: RecordedIncident): readonly RecordedCall[] =>
  events.flatMap(({ kind, payload }) => {
    if (kind !== 'evidence.captured' || payload === null) return [];
    const output = outputs.get(payload.evidenceId);
    return output === undefined ? [] : [call(payload.shown, output, payload.partial ? 1 : 0, 0, null)];
  });

function call(
  command: string,
  { stdout, stderr }: StoredOutput,
  exit: RecordedCall['exit'],
  durationMs: number,
  stage: After | null,
): RecordedCall {
  const after = stage === null ? {} : { after: { command: stage.command, times: stage.times, waitMs: stage.waitMs } };
  return { command, output: stdout, stderr, exit, duration: Math.max(0, Math.round(durationMs)), ...after };
}

/** A run that had to be stopped hangs again. */
function exitOf(exit: ExitFact): RecordedCall['exit'] {
  switch (exit.kind) {
    case 'code':
      return exit.code;
    case 'signal':
    case 'timeout':
      return 'hangs';
    case 'lost':
      return 'lost';
  }
}

/** Secrets are not known, so they get a stand-in; the commands that hold one fit any value. */
const environmentOf = ({ settings }: Runbook, environment: RecordedIncident['environment']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings.variables).flatMap(([name, variable]) => {
      if (variable.from !== 'environment') return [];
      return [[name, variable.secret ? REDACTED : (environment[name] ?? REDACTED)]];
    }),
  );

/** The newest answer to each question. */
function valuesOf(events: readonly IncidentEvent[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const event of events) {
    if (event.kind !== 'values.given' || event.payload === null) continue;
    for (const [name, value] of Object.entries(event.payload.values)) values[name] = value ?? REDACTED;
  }
  return values;
}
