import type { Failure } from './result.ts';

/** A row of the list of incidents. */
export interface IncidentSummary {
  readonly id: string;
  readonly kind: 'live' | 'drill';
  readonly adapter: 'real' | 'simulated';
  readonly title: string;
  /** Of a drill on simulated tools. */
  readonly scenario: string | null;
  readonly severity: string;
  readonly status: 'open' | 'resolved' | 'closed';
  readonly declaredAt: number;
  readonly outcome: string | null;
  readonly targetMs: number | null;
  readonly mitigationMs: number | null;
  readonly met: boolean | null;
  /** Session that holds the lease, when it is another live one. */
  readonly heldBy: string | null;
  /** A living Rollbook works on it: this one or another. */
  readonly attended: boolean;
  /** The Rollbook that worked on it last died, or ended while something was under way, and none has taken it up since. */
  readonly interrupted: boolean;
  /** To whom this copy was handed over, if it was: it can only be read. */
  readonly handedOver: string | null;
  /** Its row in the store is damaged: what is shown comes from its events as far as they tell it. */
  readonly damaged?: Failure;
  /** When all that it held was removed, ms since the epoch: its chain and this row are what is left. */
  readonly purgedAt?: number;
}
