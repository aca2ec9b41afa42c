/**
 * Everything that can happen in an incident. The schema of each kind of event stands with its topic, in
 * topics/<topic>-events.ts, in its current version; upcast.ts upgrades older ones. Windows import only the types.
 */
import type { z } from 'zod';
import type { Ending } from './outcome-contract.ts';
import { APPROVAL_SCHEMAS } from './topics/approvals-events.ts';
import { BRANCH_SCHEMAS } from './topics/branches-events.ts';
import { DATABASE_SCHEMAS } from './topics/database-events.ts';
import { FOLLOW_UP_SCHEMAS } from './topics/follow-ups-events.ts';
import { HANDOVER_SCHEMAS } from './topics/handover-events.ts';
import { INCIDENT_SCHEMAS } from './topics/incident-events.ts';
import { MAINTENANCE_SCHEMAS } from './topics/maintenance-events.ts';
import { MESSAGE_SCHEMAS } from './topics/messages-events.ts';
import { PURGE_SCHEMAS } from './topics/purge-events.ts';
import { REFERENCE_SCHEMAS } from './topics/reference-events.ts';
import { RELEASE_SCHEMAS } from './topics/releases-events.ts';
import { REPORT_SCHEMAS } from './topics/report-events.ts';
import { RUN_SCHEMAS } from './topics/runs-events.ts';
import { STEP_SCHEMAS } from './topics/steps-events.ts';
import { WATCH_SCHEMAS } from './topics/watch-events.ts';

export const EVENT_SCHEMAS = {
  ...INCIDENT_SCHEMAS,
  ...APPROVAL_SCHEMAS,
  ...RUN_SCHEMAS,
  ...STEP_SCHEMAS,
  ...RELEASE_SCHEMAS,
  ...MAINTENANCE_SCHEMAS,
  ...WATCH_SCHEMAS,
  ...FOLLOW_UP_SCHEMAS,
  ...MESSAGE_SCHEMAS,
  ...REPORT_SCHEMAS,
  ...REFERENCE_SCHEMAS,
  ...DATABASE_SCHEMAS,
  ...BRANCH_SCHEMAS,
  ...HANDOVER_SCHEMAS,
  ...PURGE_SCHEMAS,
} as const;

export type EventKind = keyof typeof EVENT_SCHEMAS;
export type PayloadOf<K extends EventKind> = z.infer<(typeof EVENT_SCHEMAS)[K]>;
export type IncidentEvent = { [K in EventKind]: Envelope<K, PayloadOf<K>> }[EventKind];

/** The event of kind K, with its payload. */
export type EventOf<K extends EventKind> = Extract<IncidentEvent, { kind: K }> & {
  readonly payload: NonNullable<Extract<IncidentEvent, { kind: K }>['payload']>;
};

/** A new event as the store takes it; the store fills in the rest of the envelope. */
export type Draft = {
  [K in EventKind]: { readonly kind: K; readonly payload: Drafted<K>; readonly occurredAt?: number };
}[EventKind];

/** A new event may say `verified` only with its proof; a stored one is taken as it is. */
type Drafted<K extends EventKind> = K extends 'step.ended' | 'service.ended'
  ? Omit<PayloadOf<K>, 'outcome'> & { readonly outcome: Ending }
  : PayloadOf<K>;

/**
 * An event as it is stored and sent. The payload's shape depends on `kind` and `v`.
 * An event never changes after it was appended; a purge deletes the payload and keeps its hash.
 */
export interface Envelope<Kind extends string = string, Payload = unknown> {
  /** Position in the incident, from 1, without gaps. */
  readonly seq: number;
  /** When it was appended, ms since the epoch of the incident's clock (drill time in a drill). */
  readonly at: number;
  /** When it happened, if a person says it was earlier ("back-dated"). */
  readonly occurredAt: number | null;
  /** Monotonic milliseconds since `boot`: shows sleep and changes of the clock. */
  readonly mono: number;
  readonly boot: string;
  /** One run of the program; its id is new at each start. */
  readonly session: string;
  /** The person, or 'rollbook' for what the app does by itself. */
  readonly actor: string;
  readonly kind: Kind;
  /** Version of the payload's shape. */
  readonly v: number;
  /** Set on the first event an intent caused; unique in the incident. */
  readonly intentId: string | null;
  /** null after a purge; a string when the stored payload is not a JSON object, and so is damaged. */
  readonly payload: Payload | null;
  /**
   * Which field has the wrong type in the store, for example `its actor is no text`. No field can be relied on then.
   */
  readonly damaged?: string;
}
