/** Drills that play a recording: of a file, or of an incident of this machine. */
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { RollbookError } from '#shared/api/result.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import { factOfRow } from '#shared/incident/matrix-row.ts';
import { NO_PROGRESS, type Progress } from '#shared/recordings/answers.ts';
import { readRecording } from '#shared/recordings/recording-file.ts';
import type { Recording } from '#shared/recordings/recording.ts';
import type { MatrixRow, Runbook } from '#shared/runbook/model.ts';
import { mustKnowService } from '#shared/runbook/services.ts';
import { readRegular } from '#core/files/read-regular.ts';
import type { Clock, ToolAdapter } from '#core/ports.ts';
import { BUNDLED, type RunbookRepository } from '#core/runbooks/runbook-repository.ts';
import { drillClock } from '#core/simulator/drill-clock.ts';
import { recordingAdapter } from '#core/simulator/recording-adapter.ts';
import type { SimulatedClouds } from './simulated-clouds.ts';
import { usualSymptomProbe } from './usual-symptom-probe.ts';

type Declared = PayloadOf<'incident.declared'>;

const FILE_MAX_BYTES = 8 * 1024 * 1024;

/** Reads a file and imports the runbook that it names. Codes: `unreadable-file`, and those of importFile. */
export async function openRecording(
  runbooks: RunbookRepository,
  path: string,
): Promise<{ readonly recording: Recording; readonly runbook: string }> {
  const recording = readRecording(textOf(path), path);
  if (recording.runbook === BUNDLED) return { recording, runbook: runbooks.bundled().hash };
  const { hash } = await runbooks.importFile(resolve(dirname(path), recording.runbook));
  return { recording, runbook: hash };
}

function textOf(path: string): string {
  try {
    return readRegular(path, FILE_MAX_BYTES).toString('utf8');
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : message;
    throw new RollbookError('unreadable-file', `The recording ${path} cannot be read: ${why}.`, 'Check the path.');
  }
}

/** As it stands in a file: the runbook is found from the folder of the file. */
export function forFile(recording: Recording, path: string): Recording {
  const { runbook } = recording;
  return isAbsolute(runbook) ? { ...recording, runbook: relative(dirname(path), runbook) } : recording;
}

interface RecordedDrill {
  readonly declared: Declared;
  readonly procedureId: string | null;
}

/** The declaration of a drill. `wallNow`: ms since the epoch. Code: `bad-arguments` when the runbook lacks what it names. */
export function declaredBy(
  recording: Recording,
  { model, hash, title }: { readonly model: Runbook; readonly hash: string; readonly title: string },
  speed: number,
  wallNow: number,
): RecordedDrill {
  const { declare, noticed } = recording;
  const row = rowOf(recording, model);
  const service = mustKnowService(model, declare.service);
  const startAt = recording.startsAt ?? Math.round(wallNow);
  const { procedure } = declare;
  if (procedure !== undefined && !model.procedures.some(({ id }) => id === procedure)) {
    const known = model.procedures.map(({ id }) => id).join(', ');
    throw lacks(recording, `procedure "${procedure}"`, title, `Choose one of: ${known}.`);
  }
  return {
    procedureId: procedure ?? row?.procedures[0] ?? null,
    declared: {
      kind: 'drill',
      adapter: 'simulated',
      // The title of the recording may give the cause away.
      title: row?.condition ?? declare.symptom,
      severity: declare.severity ?? row?.severity ?? 'P0',
      row: row === null ? null : factOfRow(row),
      symptom: declare.symptom,
      detectedAt: startAt - noticed,
      service,
      runbook: { hash, title, modelVersion: model.version },
      drill: { scenario: recording.name, speed, startAt, wallStartAt: wallNow, recording },
      ...(declare.probe === undefined
        ? usualSymptomProbe(model, service)
        : { symptomProbe: { kind: 'address', url: declare.probe } }),
    },
  };
}

function rowOf(recording: Recording, { title, matrix: { rows } }: Runbook): MatrixRow | null {
  const { row } = recording.declare;
  if (row === undefined) return null;
  const found = typeof row === 'number' ? rows[row - 1] : rows.find(({ condition }) => condition === row);
  if (found !== undefined) return found;
  const known = rows.map(({ condition }, index) => `${index + 1} "${condition}"`).join(', ');
  const advice = known === '' ? 'Leave the row out and give a severity.' : `Choose one of: ${known}.`;
  throw lacks(recording, typeof row === 'number' ? `row ${row}` : `row "${row}"`, title, advice);
}

const lacks = ({ name }: Recording, what: string, runbook: string, advice: string): RollbookError =>
  new RollbookError(
    'bad-arguments',
    `The recording "${name}" names the ${what}, which ${runbook} does not have.`,
    advice,
  );

/** The tools of a drill. How far it has come is kept beside the incident, so a restarted Rollbook continues there. */
export function recordedTools(
  clouds: SimulatedClouds,
  wall: Clock,
  incidentId: string,
  { speed, startAt, wallStartAt }: NonNullable<Declared['drill']>,
  recording: Recording,
): ToolAdapter {
  let progress = (clouds.get(incidentId) as Progress | null) ?? NO_PROGRESS;
  const clock = drillClock(wall, { speed, startAt, wallStartAt });
  return recordingAdapter(recording, clock, startAt, {
    read: () => progress,
    write: (changed) => {
      if (changed === progress) return;
      progress = changed;
      clouds.keep(incidentId, changed);
    },
  });
}
