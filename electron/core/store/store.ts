/**
 * The store: what survives. One SQLite file in the data folder, shared by every process of Rollbook on this machine.
 *
 * Reads are synchronous and never wait for a writer. Writes return promises: they run one after the other, each in one
 * transaction, and when they resolve the data is on the disk. Every method may throw (or reject with) RollbookError
 * `store-corrupt`, `store-unwritable`, `disk-full`, `store-newer` or `read-only`; other codes are named where they occur.
 * Open it with `openStore` (open.ts).
 */
import type { Envelope } from '#shared/incident/event.ts';
import type { ChainHead, ChainReport, ChainRow } from '#shared/incident/chain.ts';
import type { Failure } from '#shared/api/result.ts';
import type { BackupPart } from './backups.ts';
import type { Incident, IncidentFilter, NewIncident, SummaryChange } from './incident-row.ts';
import type { Lease, Leases } from './leases.ts';
import type { NewRunbook, Runbooks, StoredRunbook, Trust, TrustMark } from './runbooks.ts';
import type { StoreMode } from './connection.ts';
import type { Draft } from './event-row.ts';
import type { DamageBook } from './damage.ts';
import type { ImportPart } from './import-events.ts';
import type { PurgePart } from './purge.ts';
import type { Search, SearchHit, SearchText } from './search.ts';
import type { Settings } from './settings.ts';

export type { ChainHead, ChainReport, ChainRow, Envelope };
export type { Draft, Lease, Leases, StoreMode };
export type { Incident, IncidentFilter, NewIncident, SummaryChange };
export type { NewRunbook, Runbooks, Search, SearchHit, SearchText, Settings, StoredRunbook, Trust, TrustMark };

export interface Appended {
  readonly events: readonly Envelope[];
  /** The head after these events (for a repeat: the head now). */
  readonly head: ChainHead;
  /** True when the intent was already there: `events` are the ones it caused the first time, nothing was written. */
  readonly repeated: boolean;
}

export interface Created extends Appended {
  readonly incident: Incident;
}

export interface Store {
  readonly folder: string;
  readonly session: string;
  readonly mode: () => StoreMode;

  /**
   * Writes an incident and its first events in one transaction. A repeated intent (of the first draft) answers with the
   * incident it made. Codes: `not-found` (runbook not stored), `conflict` (id taken), `bad-arguments`.
   */
  readonly create: (incident: NewIncident, drafts: readonly Draft[]) => Promise<Created>;
  /**
   * Appends events when the head is still at `expectedSeq`; `change` alters the incident's row in the same transaction.
   * A repeated intent answers with what it caused, whatever `expectedSeq` says.
   * Codes: `conflict` (details: {seq} is the head now), `not-found`, `bad-arguments`.
   */
  readonly append: (
    incidentId: string,
    expectedSeq: number,
    drafts: readonly Draft[],
    change?: SummaryChange,
  ) => Promise<Appended>;
  readonly importEvents: ImportPart['importEvents'];
  /** The incident that this intent declared, or null. */
  readonly declaredBy: (intentId: string) => string | null;
  /**
   * Which of these runs the events of any incident mention, and whether with their end. While a first event is damaged:
   * all.
   */
  readonly runsTold: (runIds: readonly string[]) => ReadonlyMap<string, 'begun' | 'ended'>;
  /** Events after `afterSeq` (0 for all), in order, as they are stored: `readEvents` (upcast.ts) reads them. Code: `not-found`. */
  readonly events: (incidentId: string, afterSeq?: number, limit?: number) => readonly Envelope[];
  /** Events with their salts and hashes, for an export that can be verified elsewhere. Code: `not-found`. */
  readonly chain: (incidentId: string) => readonly ChainRow[];
  /** Code: `not-found`. */
  readonly head: (incidentId: string) => ChainHead;
  /** Recomputes the chain; a broken one is a report, not an error. Code: `not-found`. */
  readonly verify: (incidentId: string, exportedHead?: ChainHead) => ChainReport;
  /** Deletes a payload, its salt and its search text for good; the chain still verifies. Code: `not-found`. */
  readonly purgePayload: (incidentId: string, seq: number) => Promise<void>;

  readonly incident: (incidentId: string) => Incident | null;
  /** Newest first. */
  readonly list: (filter?: IncidentFilter) => readonly Incident[];
  /** Code: `not-found`. */
  readonly updateSummary: (incidentId: string, change: SummaryChange) => Promise<Incident>;

  readonly leases: Leases;
  readonly runbooks: Runbooks;
  readonly trust: Trust;
  readonly settings: Settings;
  readonly search: Search;
  readonly purge: PurgePart;
  readonly backups: BackupPart;

  /** Rows that were read so far and are not as they were written; what they hide is nothing but themselves. */
  readonly damage: () => readonly Failure[];
  /** Damage that only a reader of events can see. `what` and `advice` as in DamageBook. */
  readonly noteDamage: DamageBook['note'];

  /** True when another process committed anything since the last call (the first call answers since opening). */
  readonly changedSince: () => boolean;
  /** Waits for writes under way, gives back this session's leases, closes the file. May be called twice. */
  readonly close: () => Promise<void>;
}
