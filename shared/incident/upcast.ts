/**
 * Upgrades stored events to the current versions and validates them. An unknown kind or a newer version makes the incident
 * read-only in this version of Rollbook. So does a damaged event, but the events after it are still read.
 */
import { type Envelope, EVENT_SCHEMAS, type EventKind, type IncidentEvent } from './event.ts';

/** The current version of each kind, which this program writes. */
export const EVENT_VERSION: Readonly<Record<EventKind, number>> = Object.fromEntries(
  Object.keys(EVENT_SCHEMAS).map((kind) => [kind, 1]),
) as Record<EventKind, number>;

/** Upgrade a payload of `kind` from version `v` to `v + 1`; keyed `kind@v`. */
export type Upcasters = Readonly<Record<string, (payload: unknown) => unknown>>;

/** None yet: every kind is at version 1. */
const UPCASTERS: Upcasters = {};

/** An event that cannot be shown. `why` completes a sentence that begins with `event 5`. */
export interface LeftOut {
  readonly seq: number;
  readonly why: string;
}

export interface Reading {
  readonly events: readonly IncidentEvent[];
  readonly purged: number;
  /** Left out; the other events are read. */
  readonly damaged: readonly LeftOut[];
  /** The first event from a newer Rollbook, where reading stopped because later events may depend on it; or null. */
  readonly newer: LeftOut | null;
}

/** Reads stored envelopes in order. Purged events are counted and damaged ones listed; both are left out. */
export function readEvents(
  stored: readonly Envelope[],
  upcasters: Upcasters = UPCASTERS,
  versions: Readonly<Record<string, number>> = EVENT_VERSION,
): Reading {
  const events: IncidentEvent[] = [];
  const damaged: LeftOut[] = [];
  let purged = 0;
  let due = stored[0]?.seq ?? 0;
  for (const envelope of stored) {
    const { seq, kind, payload } = envelope;
    for (; due < seq; due += 1) damaged.push({ seq: due, why: 'is missing' });
    due = seq + 1;
    if (envelope.damaged !== undefined) {
      damaged.push({ seq, why: `(${kind}) is damaged (${envelope.damaged})` });
      continue;
    }
    const newer = newerThan(envelope, versions);
    if (newer !== null) return { events, purged, damaged, newer: { seq, why: newer } };
    if (payload === null) {
      purged += 1;
      continue;
    }
    const read = readOne(envelope, upcasters, versions[kind] ?? 0);
    if (typeof read === 'string') damaged.push({ seq, why: `(${kind}) is damaged (${read})` });
    else events.push(read);
  }
  return { events, purged, damaged, newer: null };
}

function newerThan({ kind, v, payload }: Envelope, versions: Readonly<Record<string, number>>): string | null {
  // A purged event has no shape to check.
  if (payload === null) return null;
  // Own keys only: a kind such as "constructor" is unknown too.
  const current = Object.hasOwn(versions, kind) ? versions[kind] : undefined;
  if (current === undefined) return `is of the unknown kind "${kind}"`;
  return v > current ? `(${kind}) is of the newer version ${v}` : null;
}

/** The event, or what is wrong with it. */
function readOne(envelope: Envelope, upcasters: Upcasters, current: number): IncidentEvent | string {
  const { kind, at, occurredAt } = envelope;
  if (![at, occurredAt ?? at].every(isMoment)) return 'its time is not valid';
  let { payload } = envelope;
  if (typeof payload !== 'object') return 'its payload is not a JSON object';
  for (let { v } = envelope; v < current; v += 1) {
    const raise = upcasters[`${kind}@${v}`];
    if (raise === undefined) return `its version is ${v}, which cannot be upgraded`;
    payload = raise(payload);
  }
  const parsed = EVENT_SCHEMAS[kind as EventKind].safeParse(payload);
  if (!parsed.success) return 'its payload does not have the shape of its kind';
  return { ...envelope, v: current, payload: parsed.data } as IncidentEvent;
}

/** A number that a JavaScript Date can hold; formatting any other would throw. */
const isMoment = (ms: number): boolean => !Number.isNaN(new Date(ms).getTime());

/** `event 5 is missing`, for the first three. */
export function leftOutText(leftOut: readonly LeftOut[]): string {
  const named = leftOut.slice(0, NAMED).map(({ seq, why }) => `event ${seq} ${why}`);
  return leftOut.length <= NAMED ? named.join(', ') : `${named.join(', ')} and ${leftOut.length - NAMED} more`;
}

const NAMED = 3;
