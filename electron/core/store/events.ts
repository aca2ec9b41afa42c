/** Appending to an incident's chain, and reading it. */
import { genesisHash, linkHash, payloadHash, type ChainHead, type ChainRow } from '#shared/incident/chain.ts';
import type { Envelope } from '#shared/incident/event.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { Connection } from './connection.ts';
import { readyDrafts, toChainRow, toEnvelope, type EventRow, type LinkedRow, type ReadyDraft } from './event-row.ts';
import type { Clean, IncidentRows } from './incidents.ts';
import type { Runbooks } from './runbooks.ts';
import { sha256 } from './sha256.ts';
import type { Appended, Created, Store } from './store.ts';
import { verifyStored } from './verify.ts';

export type EventPart = Pick<
  Store,
  'create' | 'declaredBy' | 'runsTold' | 'append' | 'events' | 'chain' | 'head' | 'verify' | 'purgePayload'
>;

export interface EventOptions {
  readonly session: string;
  readonly boot: string;
  readonly clean: Clean;
  /** 16 random bytes as hex; what keeps a purged payload from being guessed. */
  readonly salt: () => string;
}

type Insert = LinkedRow & { readonly incident_id: string; readonly batch: number };

const FIELDS = 'seq, at, occurred_at, mono, boot, session, actor, kind, v, intent_id, payload';

export function eventPart(
  connection: Connection,
  { incidents, runbooks }: { readonly incidents: IncidentRows; readonly runbooks: Pick<Runbooks, 'get'> },
  options: EventOptions,
): EventPart {
  const { db, read, write } = connection;
  const sql = {
    insert: db.prepare<Insert>(
      `INSERT INTO events (incident_id, batch, ${FIELDS}, salt, payload_hash, prev_hash, hash)
       VALUES (@incident_id, @batch, @seq, @at, @occurred_at, @mono, @boot, @session, @actor, @kind, @v, @intent_id,
       @payload, @salt, @payload_hash, @prev_hash, @hash)`,
    ),
    after: db.prepare<[string, number, number], EventRow>(
      `SELECT ${FIELDS} FROM events WHERE incident_id = ? AND seq > ? ORDER BY seq LIMIT ?`,
    ),
    chain: db.prepare<[string], LinkedRow>(
      `SELECT ${FIELDS}, salt, payload_hash, prev_hash, hash FROM events WHERE incident_id = ? ORDER BY seq`,
    ),
    batchOfIntent: db
      .prepare<[string, string], number>('SELECT batch FROM events WHERE intent_id = ? AND incident_id = ?')
      .pluck(),
    from: db.prepare<[string, number], EventRow & { readonly batch: number }>(
      `SELECT ${FIELDS}, batch FROM events WHERE incident_id = ? AND seq >= ? ORDER BY seq`,
    ),
    declaredBy: db.prepare<[string], string>('SELECT incident_id FROM events WHERE intent_id = ? AND seq = 1').pluck(),
    told: db.prepare<[string], { run: string; ended: 0 | 1 }>(
      // A damaged payload is not an error: nothing is known of it.
      `SELECT run, max(kind = 'run.ended') AS ended FROM (
         SELECT kind, CASE WHEN typeof(payload) = 'text' AND json_valid(payload) THEN json_extract(payload, '$.runId') END AS run FROM events
         WHERE kind IN ('run.intended', 'run.ended') AND payload IS NOT NULL)
       WHERE run IN (SELECT value FROM json_each(?)) GROUP BY run`,
    ),
    damagedRun: db
      .prepare<[], 1>(
        `SELECT 1 FROM events WHERE kind = 'run.intended' AND payload IS NOT NULL
         AND NOT (typeof(payload) = 'text' AND json_valid(payload)) LIMIT 1`,
      )
      .pluck(),
    idOf: db.prepare<[string, number], number>('SELECT id FROM events WHERE incident_id = ? AND seq = ?').pluck(),
    purge: db.prepare<[number]>('UPDATE events SET payload = NULL, salt = NULL WHERE id = ? AND payload IS NOT NULL'),
    unindex: db.prepare<[number]>('DELETE FROM search WHERE rowid = ?'),
  };

  const link = (head: ChainHead, draft: ReadyDraft): { row: LinkedRow; envelope: Envelope } => {
    const { session, boot } = options;
    const payload: unknown = JSON.parse(draft.text);
    const envelope: Envelope = { ...draft.envelope, seq: head.seq + 1, boot, session, payload };
    const salt = options.salt();
    const digest = payloadHash(sha256, salt, payload);
    const { occurredAt, intentId, ...same } = envelope;
    const row = {
      ...same,
      occurred_at: occurredAt,
      intent_id: intentId,
      payload: draft.text,
      salt,
      payload_hash: digest,
      prev_hash: head.hash,
      hash: linkHash(sha256, head.hash, envelope, digest),
    };
    return { row, envelope };
  };

  const appendNow = (incidentId: string, start: ChainHead, drafts: readonly ReadyDraft[]): Appended => {
    let head = start;
    const events = drafts.map((draft) => {
      const { row, envelope } = link(head, draft);
      sql.insert.run({ ...row, incident_id: incidentId, batch: start.seq + 1 });
      head = { seq: row.seq, hash: row.hash };
      return envelope;
    });
    incidents.moveHeadNow(incidentId, head);
    return { events, head, repeated: false };
  };

  const causedBy = (incidentId: string, intent: string | null | undefined): readonly Envelope[] => {
    if (intent === null || intent === undefined) return [];
    const batch = sql.batchOfIntent.get(intent, incidentId);
    const events: Envelope[] = [];
    if (batch === undefined) return events;
    // A batch begins at its own number and has no gap: what comes after it is not read.
    for (const row of sql.from.iterate(incidentId, batch)) {
      if (row.batch !== batch) break;
      events.push(toEnvelope(row));
    }
    return events;
  };

  const declaredBefore = (intent: string | null | undefined): Created | null => {
    const id = intent === null || intent === undefined ? undefined : sql.declaredBy.get(intent);
    if (id === undefined) return null;
    const incident = incidents.need(id);
    return { incident, events: causedBy(id, intent), head: incident.head, repeated: true };
  };

  const verifyNow = db.transaction((incidentId: string, exportedHead?: ChainHead) =>
    verifyStored(incidents.need(incidentId), sql.chain.iterate(incidentId), runbooks, exportedHead),
  );

  return {
    runsTold: (runIds) =>
      runIds.length === 0
        ? new Map()
        : read(() => {
            const told = sql.told.all(JSON.stringify(runIds));
            // Any of them may be the one whose beginning cannot be read.
            const rest = sql.damagedRun.get() === 1 ? runIds : [];
            return new Map([
              ...rest.map((run) => [run, 'begun'] as const),
              ...told.map(({ run, ended }) => [run, ended ? 'ended' : 'begun'] as const),
            ]);
          }),

    declaredBy: (intentId) => read(() => sql.declaredBy.get(intentId) ?? null),

    async create(incident, drafts) {
      const ready = readyDrafts(options.clean(drafts));
      return write((): Created => {
        const before = declaredBefore(ready[0]?.envelope.intentId);
        if (before !== null) return before;
        const genesis = { seq: 0, hash: genesisHash(sha256, incident.id) };
        incidents.insertNow(incident, genesis);
        const appended = appendNow(incident.id, genesis, ready);
        return { ...appended, incident: incidents.need(incident.id) };
      });
    },

    async append(incidentId, expectedSeq, drafts, change) {
      const ready = readyDrafts(options.clean(drafts));
      return write((): Appended => {
        const { head } = incidents.needRowNow(incidentId);
        const before = causedBy(incidentId, ready[0]?.envelope.intentId);
        if (before.length > 0) return { events: before, head, repeated: true };
        if (head.seq !== expectedSeq) throw stale(incidentId, expectedSeq, head.seq);
        const appended = appendNow(incidentId, head, ready);
        if (change !== undefined) incidents.updateNow(incidentId, change);
        return appended;
      });
    },

    events: (incidentId, afterSeq = 0, limit = -1) =>
      read(() => {
        incidents.need(incidentId);
        return sql.after.all(incidentId, afterSeq, limit).map(toEnvelope);
      }),
    chain: (incidentId): readonly ChainRow[] =>
      read(() => {
        incidents.need(incidentId);
        return sql.chain.all(incidentId).map(toChainRow);
      }),
    head: (incidentId) => incidents.need(incidentId).head,
    // In one transaction: what another process appends in between would look like a row that remembers another chain.
    verify: (incidentId, exportedHead) => read(() => verifyNow(incidentId, exportedHead)),

    async purgePayload(incidentId, seq) {
      await write(() => {
        incidents.need(incidentId);
        const id = sql.idOf.get(incidentId, seq);
        if (id === undefined) throw new RollbookError('not-found', `Incident ${incidentId} has no event ${seq}.`);
        sql.purge.run(id);
        sql.unindex.run(id);
      });
      // The old page is still in the write-ahead log; if a reader holds it, a later checkpoint overwrites it.
      read(() => db.pragma('wal_checkpoint(TRUNCATE)'));
    },
  };
}

function stale(incidentId: string, expected: number, seq: number): RollbookError {
  return new RollbookError(
    'conflict',
    `Incident ${incidentId} has moved on: it is at event ${seq}, the change was made for ${expected}.`,
    'Read the newer events and decide again.',
    { seq },
  );
}
