/**
 * Raises stored events to the versions this program writes, and validates them.
 * A kind or version from the future makes the incident read-only here: it is never guessed at.
 */
import type { Envelope } from './envelope.ts';
import { EVENT_SCHEMAS, type EventKind, type IncidentEvent } from './event.ts';

/** What this program writes. */
export const EVENT_VERSION: Readonly<Record<EventKind, number>> = Object.fromEntries(
  Object.keys(EVENT_SCHEMAS).map((kind) => [kind, 1]),
) as Record<EventKind, number>;

/** Raises the payload of `kind` from version `v` to `v + 1`; keyed `kind@v`. */
export type Upcasters = Readonly<Record<string, (payload: unknown) => unknown>>;

/** None yet: every kind is in its first version. */
const UPCASTERS: Upcasters = {};

export type Reading =
  | { readonly kind: 'readable'; readonly events: readonly IncidentEvent[]; readonly purged: number }
  | { readonly kind: 'unknown'; readonly events: readonly IncidentEvent[]; readonly seq: number; readonly why: string };

/**
 * Reads stored envelopes in order. Purged ones are left out and counted. At the first event this program does not know
 * it stops and says which; what came before is still returned.
 */
export function readEvents(
  stored: readonly Envelope[],
  upcasters: Upcasters = UPCASTERS,
  versions: Readonly<Record<string, number>> = EVENT_VERSION,
): Reading {
  const events: IncidentEvent[] = [];
  let purged = 0;
  for (const envelope of stored) {
    if (envelope.payload === null) {
      purged += 1;
      continue;
    }
    const read = readOne(envelope, upcasters, versions);
    if (typeof read === 'string') return { kind: 'unknown', events, seq: envelope.seq, why: read };
    events.push(read);
  }
  return { kind: 'readable', events, purged };
}

function readOne(envelope: Envelope, upcasters: Upcasters, versions: Readonly<Record<string, number>>) {
  // Own keys only: a kind named like something every object has is unknown too.
  const current = Object.hasOwn(versions, envelope.kind) ? versions[envelope.kind] : undefined;
  if (current === undefined) return `event ${envelope.seq} is of the unknown kind "${envelope.kind}"`;
  if (envelope.v > current) return `event ${envelope.seq} (${envelope.kind}) is of the newer version ${envelope.v}`;
  let payload: unknown = envelope.payload;
  for (let v = envelope.v; v < current; v += 1) {
    const raise = upcasters[`${envelope.kind}@${v}`];
    if (raise === undefined) return `event ${envelope.seq} (${envelope.kind}) is of version ${v}, which nothing raises`;
    payload = raise(payload);
  }
  const parsed = EVENT_SCHEMAS[envelope.kind as EventKind].safeParse(payload);
  if (!parsed.success) return `event ${envelope.seq} (${envelope.kind}) does not have its kind's shape`;
  return { ...envelope, v: current, payload: parsed.data } as IncidentEvent;
}
