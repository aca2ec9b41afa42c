/**
 * Raises stored events to the versions this program writes, and validates them.
 * A kind or version from the future makes the incident read-only here: it is never guessed at. So does an event that is
 * damaged; it hides no other.
 */
import { type Envelope, EVENT_SCHEMAS, type EventKind, type IncidentEvent } from './event.ts';

/** What this program writes. */
export const EVENT_VERSION: Readonly<Record<EventKind, number>> = Object.fromEntries(
  Object.keys(EVENT_SCHEMAS).map((kind) => [kind, 1]),
) as Record<EventKind, number>;

/** Raises the payload of `kind` from version `v` to `v + 1`; keyed `kind@v`. */
export type Upcasters = Readonly<Record<string, (payload: unknown) => unknown>>;

/** None yet: every kind is in its first version. */
const UPCASTERS: Upcasters = {};

/** An event that cannot be shown, and why, as the end of a sentence that begins with `event 5`. */
export interface LeftOut {
  readonly seq: number;
  readonly why: string;
}

export interface Reading {
  readonly events: readonly IncidentEvent[];
  readonly purged: number;
  /** Each of them is left out, and all others are read. */
  readonly damaged: readonly LeftOut[];
  /** The first one of a newer Rollbook, where reading stopped: what follows may build on it. Null: all were read. */
  readonly newer: LeftOut | null;
}

/** Reads stored envelopes in order. Purged ones are left out and counted, damaged ones are left out and named. */
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
  // What was purged of it says nothing here.
  if (payload === null) return null;
  // Own keys only: a kind named like something every object has is unknown too.
  const current = Object.hasOwn(versions, kind) ? versions[kind] : undefined;
  if (current === undefined) return `is of the unknown kind "${kind}"`;
  return v > current ? `(${kind}) is of the newer version ${v}` : null;
}

/** The event, or what of it is damaged. */
function readOne(envelope: Envelope, upcasters: Upcasters, current: number): IncidentEvent | string {
  const { kind, at, occurredAt } = envelope;
  if (![at, occurredAt ?? at].every(isMoment)) return 'its time is none';
  let { payload } = envelope;
  if (typeof payload !== 'object') return 'its payload is no JSON object';
  for (let { v } = envelope; v < current; v += 1) {
    const raise = upcasters[`${kind}@${v}`];
    if (raise === undefined) return `its version is ${v}, which nothing raises`;
    payload = raise(payload);
  }
  const parsed = EVENT_SCHEMAS[kind as EventKind].safeParse(payload);
  if (!parsed.success) return 'its payload does not have the shape of its kind';
  return { ...envelope, v: current, payload: parsed.data } as IncidentEvent;
}

/** What a JavaScript date can tell; any other number breaks whoever shows it. */
const isMoment = (ms: number): boolean => !Number.isNaN(new Date(ms).getTime());

/** `event 5 is missing`, the first three of them. */
export function leftOutText(leftOut: readonly LeftOut[]): string {
  const named = leftOut.slice(0, NAMED).map(({ seq, why }) => `event ${seq} ${why}`);
  return leftOut.length <= NAMED ? named.join(', ') : `${named.join(', ')} and ${leftOut.length - NAMED} more`;
}

const NAMED = 3;
