/** Incidents' rows: reading, listing, and the changes that travel with events. */
import { canonical } from '#shared/incident/canonical.ts';
import type { ChainHead } from '#shared/incident/chain.ts';
import { RollbookError } from '#shared/contract/result.ts';
import type { Connection } from './connection.ts';
import type { Incident, IncidentFilter, NewIncident, SummaryChange } from './incident-row.ts';
import { isUniqueViolation } from './sqlite-error.ts';

interface Row {
  readonly id: string;
  readonly kind: Incident['kind'];
  readonly adapter: Incident['adapter'];
  readonly title: string;
  readonly severity: Incident['severity'];
  readonly status: Incident['status'];
  readonly declared_at: number;
  readonly runbook_hash: string;
  readonly model_hash: string;
  readonly summary: string;
  readonly head_seq: number;
  readonly head_hash: string;
}

/** The part of the store that deals in incidents' rows; the methods named *Now run inside a caller's transaction. */
export interface IncidentRows {
  readonly find: (id: string) => Incident | null;
  /** Code: `not-found`. */
  readonly need: (id: string) => Incident;
  readonly list: (filter?: IncidentFilter) => readonly Incident[];
  readonly update: (id: string, change: SummaryChange) => Promise<Incident>;
  readonly insertNow: (incident: NewIncident, head: ChainHead) => void;
  readonly updateNow: (id: string, change: SummaryChange) => void;
  readonly moveHeadNow: (id: string, head: ChainHead) => void;
}

/** The summaries that lists are made of. Codes: `not-found` (incident, or its runbook), `conflict` (that id is there). */
export function incidentRows(connection: Connection): IncidentRows {
  const { db, read, write } = connection;
  const sql = {
    byId: db.prepare<[string], Row>('SELECT * FROM incidents WHERE id = ?'),
    list: db.prepare<{ kind: string | null; status: string | null; limit: number }, Row>(
      `SELECT * FROM incidents WHERE (@kind IS NULL OR kind = @kind) AND (@status IS NULL OR status = @status)
       ORDER BY declared_at DESC, id DESC LIMIT @limit`,
    ),
    insert: db.prepare<Row>(
      `INSERT INTO incidents VALUES (@id, @kind, @adapter, @title, @severity, @status, @declared_at, @runbook_hash,
       @model_hash, @summary, @head_seq, @head_hash)`,
    ),
    update: db.prepare<Row>(
      `UPDATE incidents SET title = @title, severity = @severity, status = @status, runbook_hash = @runbook_hash,
       model_hash = @model_hash, summary = @summary WHERE id = @id`,
    ),
    moveHead: db.prepare<{ id: string; seq: number; hash: string }>(
      'UPDATE incidents SET head_seq = @seq, head_hash = @hash WHERE id = @id',
    ),
    model: db.prepare<[string, string], 1>('SELECT 1 FROM models WHERE model_hash = ? AND runbook_hash = ?').pluck(),
  };

  const find = (id: string): Incident | null => {
    const row = sql.byId.get(id);
    return row === undefined ? null : fromRow(row);
  };
  const need = (id: string): Incident => {
    const incident = find(id);
    if (incident !== null) return incident;
    throw new RollbookError('not-found', `There is no incident "${id}".`, 'List them with `rollbook incidents`.', {
      incidentId: id,
    });
  };
  const needModel = ({ runbookHash, modelHash }: Pick<Incident, 'runbookHash' | 'modelHash'>): void => {
    if (sql.model.get(modelHash, runbookHash) === 1) return;
    const details = { runbookHash, modelHash };
    throw new RollbookError(
      'not-found',
      `The runbook ${runbookHash} is not stored with this model.`,
      undefined,
      details,
    );
  };
  const updateNow = (id: string, change: SummaryChange): void => {
    const incident = need(id);
    const changed = { ...incident, ...change };
    if (change.runbookHash !== undefined || change.modelHash !== undefined) needModel(changed);
    sql.update.run(toRow(changed));
  };

  return {
    find: (id) => read(() => find(id)),
    need: (id) => read(() => need(id)),
    list: ({ kind, status, limit } = {}) =>
      read(() => sql.list.all({ kind: kind ?? null, status: status ?? null, limit: limit ?? -1 }).map(fromRow)),
    update: (id, change) =>
      write(() => {
        updateNow(id, change);
        return need(id);
      }),
    insertNow(incident, head) {
      needModel(incident);
      try {
        sql.insert.run(toRow({ summary: {}, status: 'open', ...incident, head }));
      } catch (thrown) {
        if (!isUniqueViolation(thrown)) throw thrown;
        throw new RollbookError('conflict', `There is already an incident ${incident.id}.`, undefined, {
          id: incident.id,
        });
      }
    },
    updateNow,
    moveHeadNow: (id, { seq, hash }) => void sql.moveHead.run({ id, seq, hash }),
  };
}

function fromRow(row: Row): Incident {
  const { id, kind, adapter, title, severity, status } = row;
  return {
    id,
    kind,
    adapter,
    title,
    severity,
    status,
    declaredAt: row.declared_at,
    runbookHash: row.runbook_hash,
    modelHash: row.model_hash,
    summary: JSON.parse(row.summary) as Record<string, unknown>,
    head: { seq: row.head_seq, hash: row.head_hash },
  };
}

function toRow(incident: Incident): Row {
  const { id, kind, adapter, title, severity, status } = incident;
  return {
    id,
    kind,
    adapter,
    title,
    severity,
    status,
    declared_at: Math.round(incident.declaredAt),
    runbook_hash: incident.runbookHash,
    model_hash: incident.modelHash,
    summary: canonical(incident.summary),
    head_seq: incident.head.seq,
    head_hash: incident.head.hash,
  };
}
