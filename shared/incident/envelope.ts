/**
 * The envelope every event travels and is stored in. The payload's shape depends on `kind` and `v` (event.ts).
 * An event never changes after it was appended; purging drops a payload and leaves its hash.
 */

export interface Envelope<Kind extends string = string, Payload = unknown> {
  /** Position in the incident, from 1, without gaps. */
  readonly seq: number;
  /** When it was appended, ms since the epoch of the incident's clock (drill time in a drill). */
  readonly at: number;
  /** When it happened, if a person says it was earlier ("back-dated"). */
  readonly occurredAt: number | null;
  /** Monotonic milliseconds and the boot they count from: shows sleep and set clocks. */
  readonly mono: number;
  readonly boot: string;
  /** One run of the program; its id is new at each start. */
  readonly session: string;
  /** The person, or 'rollbook' for what the app does by itself. */
  readonly actor: string;
  readonly kind: Kind;
  /** Version of the payload's shape; upcasters raise old ones. */
  readonly v: number;
  /** Set on the first event an intent caused; unique in the incident. */
  readonly intentId: string | null;
  /** null after a purge; a text where what is stored is no JSON object, and so is damaged. */
  readonly payload: Payload | null;
  /** What of it is not of the type that it was stored with, as `its actor is no text`: nothing of it is to be relied on. */
  readonly damaged?: string;
}

/** What is stored beside the envelope; hex digests. */
export interface ChainLink {
  readonly payloadHash: string;
  readonly prevHash: string;
  readonly hash: string;
}
