import type { Failure } from './result.ts';

/** A row of the list of incidents. */
export interface IncidentSummary {
  readonly id: string;
  readonly kind: 'live' | 'drill';
  readonly adapter: 'real' | 'simulated';
  readonly title: string;
  /** Set for a drill with simulated tools. */
  readonly scenario: string | null;
  readonly severity: string;
  readonly status: 'open' | 'resolved' | 'closed';
  readonly declaredAt: number;
  readonly outcome: string | null;
  /** It is over, and an item of the checklist was neither ticked nor put off. */
  readonly checklistOpen: boolean;
  readonly targetMs: number | null;
  readonly mitigationMs: number | null;
  /** From detected to contained, ms; null: never contained, or written by an older version. */
  readonly containedMs: number | null;
  /** The time that was held against the target, ms; null: its milestone was not reached, or written by an older version. */
  readonly targetElapsedMs: number | null;
  readonly met: boolean | null;
  /** The session that holds the lease, when it is another running Rollbook. */
  readonly heldBy: string | null;
  /** A running Rollbook works on it: this one or another. */
  readonly attended: boolean;
  /** The last Rollbook that worked on it died, or ended during an action, and none has continued since. */
  readonly interrupted: boolean;
  /** Who the incident was handed over to, or null. This copy is read-only then. */
  readonly handedOver: string | null;
  /** While it is open: its next action, and what its running clock is made of. null: over, or of an older version. */
  readonly now: {
    readonly next: string;
    /** From detected to declared, ms. */
    readonly beforeMs: number;
    /** Seconds of incident time in a second of wall time. */
    readonly speed: number;
  } | null;
  /** Set when its row in the store is damaged; what is shown is read from its events. */
  readonly damaged?: Failure;
  /** When it was purged, ms since the epoch; only its chain and this row are left. */
  readonly purgedAt?: number;
}
