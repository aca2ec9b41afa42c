import { RollbookError } from '#shared/contract/result.ts';
import type { Connection } from './connection.ts';
import { isUniqueViolation } from './sqlite-error.ts';

export interface Evidence {
  readonly id: string;
  readonly incidentId: string;
  readonly runId: string | null;
  readonly title: string;
  /** Relative to the data folder. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** True when the capture was cut by its time or size. */
  readonly partial: boolean;
  readonly at: number;
}

export interface EvidenceShelf {
  /** Codes: `conflict` (id taken), `not-found` (no such incident). */
  readonly add: (evidence: Evidence) => Promise<void>;
  readonly ofIncident: (incidentId: string) => readonly Evidence[];
}

interface Row extends Omit<Evidence, 'incidentId' | 'runId' | 'partial'> {
  readonly incident_id: string;
  readonly run_id: string | null;
  readonly partial: number;
}

/** Codes: `not-found` (no such incident), `conflict` (that id is there). */
export function evidencePart({ db, read, write }: Connection): EvidenceShelf {
  const sql = {
    insert: db.prepare<Row>(
      'INSERT INTO evidence VALUES (@id, @incident_id, @run_id, @title, @path, @bytes, @sha256, @partial, @at)',
    ),
    ofIncident: db.prepare<[string], Row>('SELECT * FROM evidence WHERE incident_id = ? ORDER BY at, rowid'),
    incident: db.prepare<[string], 1>('SELECT 1 FROM incidents WHERE id = ?').pluck(),
  };
  return {
    add: (evidence) =>
      write(() => {
        const { incidentId, runId, partial, at, ...same } = evidence;
        if (sql.incident.get(incidentId) !== 1)
          throw new RollbookError('not-found', `There is no incident ${incidentId}.`);
        try {
          const row = { ...same, at: Math.round(at), incident_id: incidentId, run_id: runId, partial: partial ? 1 : 0 };
          sql.insert.run(row);
        } catch (thrown) {
          throw isUniqueViolation(thrown)
            ? new RollbookError('conflict', `There is already evidence ${same.id}.`)
            : thrown;
        }
      }),
    ofIncident: (incidentId) => read(() => sql.ofIncident.all(incidentId).map(fromRow)),
  };
}

function fromRow({ incident_id: incidentId, run_id: runId, partial, ...same }: Row): Evidence {
  return { ...same, incidentId, runId, partial: partial === 1 };
}
