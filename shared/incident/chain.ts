/**
 * The hash chain of an incident: each event's hash covers the one before it, so any change breaks the chain there.
 *
 *   payloadHash = SHA-256(salt, canonical payload)
 *   hash        = SHA-256(previous hash, canonical envelope without payload, payloadHash)
 *
 * A purge deletes payload and salt and keeps payloadHash: the chain still verifies, and without the salt a short payload
 * cannot be guessed from its hash. A rewritten or truncated chain is found only by comparing it with an exported head.
 */
import { canonical } from './canonical-json.ts';
import type { Envelope } from './event.ts';

/** SHA-256 of a text's UTF-8 bytes as lower-case hex. */
export type Sha256 = (text: string) => string;

export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** What the chain stores beside an envelope; hex digests. */
export interface ChainLink {
  readonly payloadHash: string;
  readonly prevHash: string;
  readonly hash: string;
}

/** An event with its link; `payload` and `salt` are both null after a purge. */
export interface ChainRow extends Envelope, ChainLink {
  readonly salt: string | null;
}

export type ChainProblemKind =
  /** A sequence number is missing, repeated or out of order. */
  | 'order'
  | 'payload'
  | 'envelope'
  | 'link'
  | 'tail-cut'
  /** The chain is consistent, but it is not the one the head was exported from. */
  | 'rewritten'
  /** The stored runbook is not the one that the declaration pinned. */
  | 'runbook';

export interface ChainProblem {
  readonly seq: number;
  readonly kind: ChainProblemKind;
  /** One sentence for people. */
  readonly what: string;
}

export interface ChainReport {
  readonly ok: boolean;
  readonly events: number;
  readonly purged: number;
  /** The last event read; seq 0 and the genesis hash when there is none. */
  readonly head: ChainHead;
  readonly problem?: ChainProblem;
}

/** The hash before the first event. It includes the incident's id, so a chain cannot be moved to another incident. */
export function genesisHash(sha256: Sha256, incidentId: string): string {
  return sha256(`rollbook incident chain 1\n${incidentId}`);
}

export function payloadHash(sha256: Sha256, salt: string, payload: unknown): string {
  return sha256(`${salt}\n${canonical(payload)}`);
}

/** Covers the envelope's own fields without the payload; other fields of `envelope` are ignored. */
export function linkHash(sha256: Sha256, prevHash: string, envelope: Omit<Envelope, 'payload'>, hash: string): string {
  return sha256(`${prevHash}\n${canonical(covered(envelope))}\n${hash}`);
}

function covered(envelope: Omit<Envelope, 'payload'>): Omit<Envelope, 'payload'> {
  const { seq, at, occurredAt, mono, boot, session, actor, kind, v, intentId } = envelope;
  return { seq, at, occurredAt, mono, boot, session, actor, kind, v, intentId };
}

/** Recomputes the chain of one incident from its rows in order, and compares it with a head exported earlier. */
export function verifyChain(
  sha256: Sha256,
  incidentId: string,
  rows: Iterable<ChainRow>,
  exportedHead?: ChainHead,
): ChainReport {
  let head: ChainHead = { seq: 0, hash: genesisHash(sha256, incidentId) };
  let events = 0;
  let purged = 0;
  let problem: ChainProblem | undefined = againstExport(head, exportedHead);
  for (const row of rows) {
    events += 1;
    if (row.payload === null && row.salt === null) purged += 1;
    problem ??= problemOf(sha256, head, row) ?? againstExport(row, exportedHead);
    head = { seq: row.seq, hash: row.hash };
  }
  if (problem === undefined && exportedHead !== undefined && head.seq < exportedHead.seq) {
    problem = {
      seq: head.seq + 1,
      kind: 'tail-cut',
      what: `Events ${head.seq + 1} to ${exportedHead.seq} are gone: the exported head is at ${exportedHead.seq}.`,
    };
  }
  return { ok: problem === undefined, events, purged, head, ...(problem === undefined ? {} : { problem }) };
}

function againstExport(at: ChainHead, exported: ChainHead | undefined): ChainProblem | undefined {
  if (exported === undefined || exported.seq !== at.seq || exported.hash === at.hash) return undefined;
  const what = `Event ${at.seq} is not the one the head was exported from: the chain was written anew.`;
  return { seq: at.seq, kind: 'rewritten', what };
}

function problemOf(sha256: Sha256, previous: ChainHead, row: ChainRow): ChainProblem | undefined {
  const found = (kind: ChainProblemKind, what: string, seq = row.seq): ChainProblem => ({ seq, kind, what });
  const expected = previous.seq + 1;
  if (row.seq !== expected)
    return found('order', `Event ${expected} is missing: ${row.seq} stands in its place.`, expected);
  if (row.prevHash !== previous.hash) return found('link', `Event ${row.seq} does not follow the event before it.`);
  if (row.damaged !== undefined) return found('envelope', `Event ${row.seq} was changed: ${row.damaged}.`);
  if (!payloadHolds(sha256, row)) return found('payload', `The payload of event ${row.seq} was changed.`);
  if (!envelopeHolds(sha256, row)) {
    return found('envelope', `Event ${row.seq} was changed: its hash does not fit its fields.`);
  }
  return undefined;
}

/** Only the salt or only the payload missing is a change, not a purge. */
function payloadHolds(sha256: Sha256, row: ChainRow): boolean {
  if (row.salt === null) return row.payload === null;
  const { salt, payload } = row;
  return holds(row.payloadHash, () => payloadHash(sha256, salt, payload));
}

function envelopeHolds(sha256: Sha256, row: ChainRow): boolean {
  return holds(row.hash, () => linkHash(sha256, row.prevHash, row, row.payloadHash));
}

/** A row that cannot be hashed (a field missing in an edited export) counts as changed. */
function holds(expected: string, recompute: () => string): boolean {
  try {
    return recompute() === expected;
  } catch {
    return false;
  }
}
