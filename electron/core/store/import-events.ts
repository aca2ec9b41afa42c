/** Takes over a whole chain that was written elsewhere, or the part of it that is missing here. */
import { canonical } from '#shared/incident/canonical-json.ts';
import { genesisHash, type ChainHead, type ChainRow } from '#shared/incident/chain.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { Connection } from './connection.ts';
import type { LinkedRow } from './event-row.ts';
import type { NewIncident } from './incident-row.ts';
import type { IncidentRows } from './incidents.ts';
import { sha256 } from './sha256.ts';

export interface ImportPart {
  /**
   * Adds the rows, which must be a verified chain of this incident from its first event. What is here already stays as
   * it is, purged payloads included. Answers how many events are new.
   * Codes: `conflict` (this copy went on differently), `not-found` (runbook or model not stored).
   */
  readonly importEvents: (incident: NewIncident, rows: readonly ChainRow[]) => Promise<number>;
}

interface Row extends LinkedRow {
  readonly incident_id: string;
  readonly batch: number;
}

/** Events of another machine, with the hashes they had there. Code: `conflict` when the chain here went on otherwise. */
export function importPart({ db, write }: Connection, incidents: IncidentRows): ImportPart {
  const insert = db.prepare<Row>(
    `INSERT INTO events (incident_id, batch, seq, at, occurred_at, mono, boot, session, actor, kind, v, intent_id, payload,
     salt, payload_hash, prev_hash, hash) VALUES (@incident_id, @batch, @seq, @at, @occurred_at, @mono, @boot, @session,
     @actor, @kind, @v, @intent_id, @payload, @salt, @payload_hash, @prev_hash, @hash)`,
  );
  const hashAt = db
    .prepare<[string, number], string>('SELECT hash FROM events WHERE incident_id = ? AND seq = ?')
    .pluck();

  const headHere = (incident: NewIncident): ChainHead => {
    const known = incidents.find(incident.id);
    if (known !== null) return incidents.needRowNow(incident.id).head;
    const genesis = { seq: 0, hash: genesisHash(sha256, incident.id) };
    incidents.insertNow(incident, genesis);
    return genesis;
  };

  return {
    importEvents: (incident, rows) =>
      write(() => {
        const here = headHere(incident);
        const last = rows.at(-1);
        const common = Math.min(here.seq, last?.seq ?? 0);
        // Each hash covers all before it: the last that both have decides for all.
        if (common > 0 && hashAt.get(incident.id, common) !== rows[common - 1]?.hash) throw wentOn(incident.id);
        const missing = rows.slice(common);
        for (const row of missing) insert.run(toRow(incident.id, row));
        const head = missing.at(-1);
        if (head !== undefined) incidents.moveHeadNow(incident.id, { seq: head.seq, hash: head.hash });
        return missing.length;
      }),
  };
}

/** An intent of another machine is never repeated here, so each event is a batch of its own. */
function toRow(incidentId: string, row: ChainRow): Row {
  const { occurredAt, intentId, payloadHash, prevHash, payload, ...same } = row;
  const { seq, at, mono, boot, session, actor, kind, v, salt, hash } = same;
  return {
    incident_id: incidentId,
    batch: seq,
    seq,
    at,
    occurred_at: occurredAt,
    mono,
    boot,
    session,
    actor,
    kind,
    v,
    intent_id: intentId,
    payload: payload === null ? null : canonical(payload),
    salt,
    payload_hash: payloadHash,
    prev_hash: prevHash,
    hash,
  };
}

const wentOn = (id: string): RollbookError =>
  new RollbookError(
    'conflict',
    `Incident ${id} went on differently here: the bundle does not continue this copy.`,
    'Nothing was changed. Keep both files, and go on in one of them.',
  );
