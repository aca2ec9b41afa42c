/**
 * Leases: which process steers an incident. The others follow it. The chain itself is guarded by its head, not by the
 * lease.
 */
import { RollbookError } from '#shared/api/result.ts';
import type { Connection } from './connection.ts';
import type { IncidentRows } from './incidents.ts';
import { mayLive, UNKNOWN, type ProcessProbe } from './process-probe.ts';

/** A holder on a host whose processes cannot be seen from here counts as dead after this long without a heartbeat. */
const STALE_MS = 15_000;

export interface Lease {
  readonly incidentId: string;
  readonly session: string;
  readonly pid: number;
  readonly startTime: string;
  readonly host: string;
  /** Milliseconds since the Unix epoch, wall time. */
  readonly heartbeat: number;
}

export interface Leases {
  /**
   * Takes a free lease, one of this session, or one whose process is dead: gone by pid and start time, or on a host we
   * cannot see and silent for 15 s. Codes: `lease-held` (details: {holder}), `not-found`.
   */
  readonly take: (incidentId: string) => Promise<Lease>;
  /** Takes the lease from its holder, living or dead; the caller appends the event. Code: `not-found`. */
  readonly takeOver: (incidentId: string) => Promise<{ readonly lease: Lease; readonly from: Lease | null }>;
  /** A sign of life for all leases of this session, to be given about every 5 s. Answers the incidents that are still ours. */
  readonly heartbeat: () => Promise<ReadonlySet<string>>;
  /** Gives it back; nothing happens when it is not ours. */
  readonly release: (incidentId: string) => Promise<void>;
  /** The living holder of a lease; a dead one does not count. */
  readonly holder: (incidentId: string) => Lease | null;
  /** True when its holder died without giving it back. */
  readonly diedHolding: (incidentId: string) => boolean;
}

export interface LeaseOptions {
  readonly session: string;
  readonly pid: number;
  readonly host: string;
  readonly probe: ProcessProbe;
}

interface Row extends Omit<Lease, 'incidentId' | 'startTime'> {
  readonly incident_id: string;
  readonly start_time: string;
}

/** Leases on incidents: one process at a time. Code: `not-found`. */
export function leasePart(
  connection: Connection,
  incidents: Pick<IncidentRows, 'needRowNow'>,
  options: LeaseOptions,
): Leases & { releaseAll(): Promise<void> } {
  const { db, read, write, now } = connection;
  const { session, pid, host, probe } = options;
  const startTime = probe.startTime(pid) ?? UNKNOWN;
  const sql = {
    holder: db.prepare<[string], Row>('SELECT * FROM leases WHERE incident_id = ?'),
    put: db.prepare<Row>(
      `INSERT INTO leases (incident_id, session, pid, start_time, host, heartbeat)
       VALUES (@incident_id, @session, @pid, @start_time, @host, @heartbeat)
       ON CONFLICT (incident_id) DO UPDATE SET session = excluded.session, pid = excluded.pid,
       start_time = excluded.start_time, host = excluded.host, heartbeat = excluded.heartbeat`,
    ),
    beat: db
      .prepare<[number, string], string>('UPDATE leases SET heartbeat = ? WHERE session = ? RETURNING incident_id')
      .pluck(),
    release: db.prepare<[string, string]>('DELETE FROM leases WHERE incident_id = ? AND session = ?'),
    releaseAll: db.prepare<[string]>('DELETE FROM leases WHERE session = ?'),
  };

  const holder = (incidentId: string): Lease | null => {
    const row = sql.holder.get(incidentId);
    return row === undefined ? null : fromRow(row);
  };
  const putNow = (incidentId: string): Lease => {
    incidents.needRowNow(incidentId);
    const row: Row = {
      incident_id: incidentId,
      session,
      pid,
      start_time: startTime,
      host,
      heartbeat: Math.round(now()),
    };
    sql.put.run(row);
    return fromRow(row);
  };
  const isDead = (lease: Lease): boolean =>
    lease.host === host ? !mayLive(probe, lease.pid, lease.startTime) : now() - lease.heartbeat > STALE_MS;
  const isLeft = (lease: Lease): boolean => lease.session !== session && isDead(lease);

  return {
    take: (incidentId) =>
      write(() => {
        const held = holder(incidentId);
        if (held !== null && held.session !== session && !isDead(held)) throw heldBy(held);
        return putNow(incidentId);
      }),
    takeOver: (incidentId) =>
      write(() => {
        const from = holder(incidentId);
        return { from, lease: putNow(incidentId) };
      }),
    heartbeat: () => write(() => new Set(sql.beat.all(Math.round(now()), session))),
    release: (incidentId) => write(() => void sql.release.run(incidentId, session)),
    holder: (incidentId) =>
      read(() => {
        const held = holder(incidentId);
        return held === null || isLeft(held) ? null : held;
      }),
    diedHolding: (incidentId) =>
      read(() => {
        const held = holder(incidentId);
        return held !== null && isLeft(held);
      }),
    releaseAll: () => write(() => void sql.releaseAll.run(session)),
  };
}

function fromRow({ incident_id: incidentId, start_time: startTime, session, pid, host, heartbeat }: Row): Lease {
  return { incidentId, session, pid, startTime, host, heartbeat };
}

function heldBy(holder: Lease): RollbookError {
  return new RollbookError(
    'lease-held',
    `Incident ${holder.incidentId} is being worked on by another Rollbook (process ${holder.pid} on ${holder.host}).`,
    `Follow it there, or take it over; in a terminal: rollbook run --resume ${holder.incidentId} --take-over "why".`,
    { holder },
  );
}
