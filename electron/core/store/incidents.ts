/** Incidents' rows: reading, listing, and the changes that travel with events. */
import type { ChainHead } from '#shared/incident/chain.ts';
import { EVENT_SCHEMAS } from '#shared/incident/event.ts';
import { RollbookError } from '#shared/api/result.ts';
import { count } from '#shared/words/count.ts';
import type { Connection } from './connection.ts';
import { type DamageBook, parsedOr } from './damage.ts';
import {
  readRow,
  type Row,
  toRow,
  type Incident,
  type IncidentFilter,
  type NewIncident,
  type SummaryChange,
} from './incident-row.ts';
import { isUniqueViolation } from './sqlite-error.ts';

/** The part of the store that deals in incidents' rows; the methods named *Now run inside a caller's transaction. */
export interface IncidentRows {
  readonly find: (id: string) => Incident | null;
  /** Code: `not-found`. */
  readonly need: (id: string) => Incident;
  readonly list: (filter?: IncidentFilter) => readonly Incident[];
  /**
   * As `need`; a missing row is written again from its events. Codes: `not-found`, `store-corrupt` (the events do not
   * say enough).
   */
  readonly needRowNow: (id: string) => Incident;
  readonly update: (id: string, change: SummaryChange) => Promise<Incident>;
  readonly insertNow: (incident: NewIncident, head: ChainHead) => void;
  readonly updateNow: (id: string, change: SummaryChange) => void;
  readonly moveHeadNow: (id: string, head: ChainHead) => void;
}

/** A JSON value without its secrets. */
export type Clean = <T>(value: T) => T;

/** The summaries that lists are made of. Codes: `not-found` (incident, or its runbook), `conflict` (that id is there). */
export function incidentRows(connection: Connection, damage: DamageBook, clean: Clean): IncidentRows {
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
      // Fields that never change are read from the declaration too, because the row may be damaged.
      `UPDATE incidents SET kind = @kind, adapter = @adapter, title = @title, severity = @severity, status = @status,
       declared_at = @declared_at, runbook_hash = @runbook_hash, model_hash = @model_hash, summary = @summary
       WHERE id = @id`,
    ),
    moveHead: db.prepare<{ id: string; seq: number; hash: string }>(
      'UPDATE incidents SET head_seq = @seq, head_hash = @hash WHERE id = @id',
    ),
    model: db.prepare<[string, string], 1>('SELECT 1 FROM models WHERE model_hash = ? AND runbook_hash = ?').pluck(),
    declared: db.prepare<[string], { at: number; payload: string | null }>(
      `SELECT at, payload FROM events WHERE incident_id = ? AND seq = 1 AND kind = 'incident.declared'`,
    ),
    last: db.prepare<[string], ChainHead>(
      'SELECT seq, hash FROM events WHERE incident_id = ? ORDER BY seq DESC LIMIT 1',
    ),
    ends: db
      .prepare<[string], string>(
        `SELECT kind FROM events WHERE incident_id = ? AND kind IN ('incident.resolved', 'incident.closed')`,
      )
      .pluck(),
    count: db.prepare<[string], number>('SELECT count(*) FROM events WHERE incident_id = ?').pluck(),
    // From one incident to the next in the index: their events are not read through.
    rowless: db
      .prepare<[], string>(
        `WITH RECURSIVE known (id) AS (
           SELECT min(incident_id) FROM events
           UNION ALL SELECT (SELECT min(incident_id) FROM events WHERE incident_id > known.id) FROM known
           WHERE known.id IS NOT NULL)
         SELECT id FROM known WHERE id IS NOT NULL AND id NOT IN (SELECT id FROM incidents)`,
      )
      .pluck(),
  };

  /** The fields that the declaration tells; {} when it was purged or is damaged. */
  const declaredAs = (id: string): Partial<Incident> => {
    const { at, payload } = sql.declared.get(id) ?? { at: 0, payload: null };
    const { data } = EVENT_SCHEMAS['incident.declared'].safeParse(parsedOr(payload ?? ''));
    if (data === undefined) return {};
    const { kind, adapter, title, severity, runbook } = data;
    const modelHash = runbook.modelHash === undefined ? {} : { modelHash: runbook.modelHash };
    const ends = sql.ends.all(id);
    const status = ends.includes('incident.closed') ? 'closed' : ends.length > 0 ? 'resolved' : 'open';
    return { kind, adapter, title, severity, status, declaredAt: at, runbookHash: runbook.hash, ...modelHash };
  };
  const advice = (id: string, known: boolean): string => (known ? READ_FROM_EVENTS(id) : NOT_READABLE(id));

  const fromRow = (row: Row): Incident => {
    const { sound, damaged } = readRow(row);
    const name = `incident ${row.id}`;
    if (damaged.length === 0) {
      damage.mended(name);
      return { ...UNKNOWN, ...sound };
    }
    const declared = declaredAs(row.id);
    const what = `The row of incident ${row.id} is damaged (its ${[...new Set(damaged)].join(', its ')})`;
    const told = damage.note(name, what, advice(row.id, declared.title !== undefined));
    return { ...UNKNOWN, head: sql.last.get(row.id) ?? UNKNOWN.head, ...declared, ...sound, damaged: told };
  };

  /** Its row is gone; null: its events are too. */
  const fromEvents = (id: string): Incident | null => {
    const head = sql.last.get(id);
    if (head === undefined) return null;
    const declared = declaredAs(id);
    const events = sql.count.get(id) ?? 0;
    const what = `The row of incident ${id} is gone, while its ${count(events, 'event')} ${events === 1 ? 'is' : 'are'}`;
    const damaged = damage.note(`incident ${id}`, what, advice(id, declared.title !== undefined));
    return { ...UNKNOWN, ...declared, id, head, damaged };
  };

  const find = (id: string): Incident | null => {
    const row = sql.byId.get(id);
    return row === undefined ? fromEvents(id) : fromRow(row);
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
  const needRowNow = (id: string): Incident => {
    const incident = need(id);
    if (sql.byId.get(id) !== undefined) return incident;
    if (sql.model.get(incident.modelHash, incident.runbookHash) !== 1)
      throw new RollbookError(
        'store-corrupt',
        `The row of incident ${id} is gone, and its events do not tell a runbook that is stored: nothing is written to it.`,
        NOT_READABLE(id),
      );
    // Counts as damaged until an act writes the row again from its events.
    sql.insert.run({ ...toRow(incident), summary: '' });
    return incident;
  };
  const updateNow = (id: string, change: SummaryChange): void => {
    const incident = needRowNow(id);
    const changed = { ...incident, ...clean(change) };
    if (change.runbookHash !== undefined || change.modelHash !== undefined) needModel(changed);
    sql.update.run(toRow(changed));
  };

  return {
    find: (id) => read(() => find(id)),
    need: (id) => read(() => need(id)),
    list: ({ kind, status, limit } = {}) =>
      read(() => {
        const rows = sql.list.all({ kind: kind ?? null, status: status ?? null, limit: limit ?? -1 }).map(fromRow);
        const rowless = sql.rowless
          .all()
          .flatMap((id) => fromEvents(id) ?? [])
          .filter((each) => (kind ?? each.kind) === each.kind && (status ?? each.status) === each.status);
        return rowless.length === 0 ? rows : [...rows, ...rowless].toSorted(newestFirst).slice(0, limit);
      }),
    needRowNow,
    update: (id, change) =>
      write(() => {
        updateNow(id, change);
        return need(id);
      }),
    insertNow(incident, head) {
      needModel(incident);
      try {
        sql.insert.run(toRow({ summary: {}, status: 'open', ...clean(incident), head }));
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

const newestFirst = (a: Incident, b: Incident): number => b.declaredAt - a.declaredAt || (a.id < b.id ? 1 : -1);

/** A placeholder for fields that neither the row nor the events have. */
const UNKNOWN: Omit<Incident, 'id'> = {
  kind: 'live',
  adapter: 'real',
  title: '(damaged)',
  severity: 'P0',
  status: 'open',
  declaredAt: 0,
  runbookHash: '',
  modelHash: '',
  summary: {},
  head: { seq: 0, hash: '' },
};

const READ_FROM_EVENTS = (id: string): string =>
  `What is shown of it comes from its events; the next act in it writes the row anew. Look at it with "rollbook verify ${id}". The others are not touched.`;
const NOT_READABLE = (id: string): string =>
  `The others are not touched. Look at it with "rollbook verify ${id}", keep a copy of the file, and look for the incident in a copy from the backups folder.`;
