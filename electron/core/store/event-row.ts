/** Events between their row in SQLite, the envelope and the chain. */
import { canonical } from '#shared/incident/canonical-json.ts';
import type { ChainRow } from '#shared/incident/chain.ts';
import type { Envelope } from '#shared/incident/event.ts';
import { RollbookError } from '#shared/api/result.ts';
import { parsedOr } from './damage.ts';

/** An event before the store gave it a place: `seq`, `session` and `boot` are added by the store. */
export interface Draft<Kind extends string = string, Payload = unknown> {
  /** Milliseconds since the epoch of the incident's clock; rounded to whole ones, like `occurredAt` and `mono`. */
  readonly at: number;
  readonly occurredAt?: number | null;
  readonly mono: number;
  readonly actor: string;
  readonly kind: Kind;
  readonly v: number;
  /** Only the first draft of an append may carry one. */
  readonly intentId?: string | null;
  /** A JSON object; `undefined`, NaN, functions and class instances are `bad-arguments`. */
  readonly payload: Payload;
}

export interface EventRow {
  readonly seq: number;
  readonly at: number;
  readonly occurred_at: number | null;
  readonly mono: number;
  readonly boot: string;
  readonly session: string;
  readonly actor: string;
  readonly kind: string;
  readonly v: number;
  readonly intent_id: string | null;
  readonly payload: string | null;
}

export interface LinkedRow extends EventRow {
  readonly salt: string | null;
  readonly payload_hash: string;
  readonly prev_hash: string;
  readonly hash: string;
}

/** A draft that is known to be storable; `text` is the canonical payload. */
export interface ReadyDraft {
  readonly envelope: Omit<Envelope, 'seq' | 'boot' | 'session' | 'payload'>;
  readonly text: string;
}

/** Checks before anything is locked, and takes a copy: the caller may go on using its objects. Code: `bad-arguments`. */
export function readyDrafts(drafts: readonly Draft[]): readonly ReadyDraft[] {
  if (drafts.length === 0) throw new RollbookError('bad-arguments', 'An append needs at least one event.');
  return drafts.map((draft, index) => {
    const { intentId = null } = draft;
    if (index > 0 && intentId !== null) {
      throw new RollbookError(
        'bad-arguments',
        `Only the first event of an append may carry an intent (${draft.kind}).`,
      );
    }
    const text = canonical(draft.payload);
    if (!text.startsWith('{')) {
      throw new RollbookError('bad-arguments', `The payload of ${draft.kind} is not a JSON object.`);
    }
    const { occurredAt = null } = draft;
    return {
      text,
      envelope: {
        at: whole(draft.at, 'at', draft.kind),
        occurredAt: occurredAt === null ? null : whole(occurredAt, 'occurredAt', draft.kind),
        mono: whole(draft.mono, 'mono', draft.kind),
        // SQLite stores UTF-8, which has no lone surrogates: the hash must be taken over what comes back.
        actor: draft.actor.toWellFormed(),
        kind: draft.kind.toWellFormed(),
        v: whole(draft.v, 'v', draft.kind),
        intentId: intentId === null ? null : intentId.toWellFormed(),
      },
    };
  });
}

function whole(value: number, field: string, kind: string): number {
  const rounded = Math.round(value);
  if (Number.isSafeInteger(rounded)) return rounded + 0;
  throw new RollbookError('bad-arguments', `${field} of ${kind} is not a usable number: ${value}.`);
}

/** Never throws: what cannot be parsed stays text, which no event's schema takes, and which does not fit its hash. */
export function toEnvelope(row: EventRow): Envelope {
  const damaged = wrongCell(row);
  if (damaged === null) return { ...fields(row), payload: payloadOf(row) };
  const sound = Object.entries(row).map(([name, value]) => [name, asStored(name, value)] as const);
  return { ...fields(Object.fromEntries(sound) as unknown as EventRow), payload: damaged, damaged };
}

export function toChainRow(row: LinkedRow): ChainRow {
  const text = (name: keyof LinkedRow): string => String(asStored(name, row[name]));
  const salt = row.salt === null ? null : text('salt');
  const [payloadHash, prevHash, hash] = [text('payload_hash'), text('prev_hash'), text('hash')];
  return { ...toEnvelope(row), salt, payloadHash, prevHash, hash };
}

/** A flipped bit on the disk makes another type of a cell, which SQLite hands out as it finds it. */
function wrongCell(row: EventRow): string | null {
  for (const [name, value] of Object.entries(row) as [string, unknown][]) {
    if (value === null && MAY_BE_NULL.has(name)) continue;
    const type = NUMBERS.has(name) ? 'number' : 'string';
    if (typeof value !== type) return `its ${name.replaceAll('_', ' ')} is no ${type === 'string' ? 'text' : 'number'}`;
  }
  return null;
}

/** Gives a value the type of its column, so that a damaged event can be listed as damaged. */
function asStored(name: string, value: unknown): unknown {
  if (value === null && MAY_BE_NULL.has(name)) return null;
  return NUMBERS.has(name) ? Number(value) || 0 : String(value);
}

const NUMBERS: ReadonlySet<string> = new Set(['seq', 'at', 'occurred_at', 'mono', 'v', 'batch']);
const MAY_BE_NULL: ReadonlySet<string> = new Set(['occurred_at', 'intent_id', 'payload', 'salt']);

function fields(row: EventRow): Omit<Envelope, 'payload'> {
  const { seq, at, occurred_at: occurredAt, mono, boot, session, actor, kind, v, intent_id: intentId } = row;
  return { seq, at, occurredAt, mono, boot, session, actor, kind, v, intentId };
}

/** The payload of an event is an object: `null` in its place would pass for a purged one. */
function payloadOf({ payload }: EventRow): unknown {
  if (payload === null) return null;
  const parsed = parsedOr(payload);
  return typeof parsed === 'object' && parsed !== null ? parsed : payload;
}
