import { RollbookError } from '#shared/contract/result.ts';
import type { Connection } from './connection.ts';
import type { OutputFile, Run, Runs, RunState } from './run-row.ts';
import { isUniqueViolation } from './sqlite-error.ts';

interface Row {
  readonly run_id: string;
  readonly incident_id: string;
  readonly step_id: string;
  readonly command_id: string;
  readonly state: RunState;
  readonly pid: number | null;
  readonly pgid: number | null;
  readonly start_time: string | null;
  readonly output_path: string | null;
  readonly output_bytes: number | null;
  readonly output_lines: number | null;
  readonly output_sha256: string | null;
  readonly output_dropped: number | null;
}

/** Codes: `not-found` (incident, run), `conflict` (that run id is there). */
export function runPart({ db, read, write }: Connection): Runs {
  const sql = {
    insert: db.prepare<Row>(
      `INSERT INTO runs VALUES (@run_id, @incident_id, @step_id, @command_id, @state, @pid, @pgid, @start_time,
       @output_path, @output_bytes, @output_lines, @output_sha256, @output_dropped)`,
    ),
    update: db.prepare<Row>(
      `UPDATE runs SET state = @state, pid = @pid, pgid = @pgid, start_time = @start_time, output_path = @output_path,
       output_bytes = @output_bytes, output_lines = @output_lines, output_sha256 = @output_sha256,
       output_dropped = @output_dropped WHERE run_id = @run_id`,
    ),
    byId: db.prepare<[string], Row>('SELECT * FROM runs WHERE run_id = ?'),
    ofIncident: db.prepare<[string], Row>('SELECT * FROM runs WHERE incident_id = ? ORDER BY rowid'),
    unfinished: db.prepare<[], Row>(`SELECT * FROM runs WHERE state IN ('intended', 'running') ORDER BY rowid`),
    incident: db.prepare<[string], 1>('SELECT 1 FROM incidents WHERE id = ?').pluck(),
  };
  return {
    add: (run) =>
      write(() => {
        if (sql.incident.get(run.incidentId) !== 1)
          throw new RollbookError('not-found', `There is no incident ${run.incidentId}.`);
        try {
          sql.insert.run(toRow(run));
        } catch (thrown) {
          throw isUniqueViolation(thrown)
            ? new RollbookError('conflict', `There is already a run ${run.runId}.`)
            : thrown;
        }
      }),
    update: (runId, change) =>
      write(() => {
        const row = sql.byId.get(runId);
        if (row === undefined) throw new RollbookError('not-found', `There is no run ${runId}.`);
        const run = { ...fromRow(row), ...change };
        sql.update.run(toRow(run));
        return run;
      }),
    get: (runId) =>
      read(() => {
        const row = sql.byId.get(runId);
        return row === undefined ? null : fromRow(row);
      }),
    ofIncident: (incidentId) => read(() => sql.ofIncident.all(incidentId).map(fromRow)),
    unfinished: () => read(() => sql.unfinished.all().map(fromRow)),
  };
}

function fromRow(row: Row): Run {
  const { state, pid, pgid } = row;
  return {
    runId: row.run_id,
    incidentId: row.incident_id,
    stepId: row.step_id,
    commandId: row.command_id,
    state,
    pid,
    pgid,
    startTime: row.start_time,
    output: outputOf(row),
  };
}

function outputOf(row: Row): OutputFile | null {
  if (row.output_path === null) return null;
  return {
    path: row.output_path,
    bytes: row.output_bytes ?? 0,
    lines: row.output_lines ?? 0,
    sha256: row.output_sha256,
    dropped: row.output_dropped ?? 0,
  };
}

function toRow(run: Run): Row {
  const { state, pid, pgid, output } = run;
  return {
    run_id: run.runId,
    incident_id: run.incidentId,
    step_id: run.stepId,
    command_id: run.commandId,
    state,
    pid,
    pgid,
    start_time: run.startTime,
    output_path: output?.path ?? null,
    output_bytes: output?.bytes ?? null,
    output_lines: output?.lines ?? null,
    output_sha256: output?.sha256 ?? null,
    output_dropped: output?.dropped ?? null,
  };
}
