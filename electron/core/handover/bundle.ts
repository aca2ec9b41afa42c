/**
 * The handover bundle: one file of JSON lines with everything that is needed to go on with an incident elsewhere.
 *
 *   {"rollbook":"handover","version":2,"handoverId",...}   who hands over what, first so that a newer file is told apart
 *   {"runbook":{hash,name,source,modelVersion,modelHash,model}}   what the incident has pinned
 *   {"world":...}                        a drill's simulated world, only for drills
 *   {"file":{path,bytes,sha256}} and then {"bytes":"base64"} until it is whole
 *   {"event":{...}}                      the chain with its salts, in order; purged ones without payload and salt
 *   {"end":{"lines","sha256"}}           SHA-256 of every byte before this line
 *
 * Outputs and evidence lie in it as they are stored: redacted. A version never gets other kinds of lines. Version 1 also had
 * rows of runs and evidence, which said again what the events say: they are passed over.
 */
import { z } from 'zod';

export const BUNDLE_VERSION = 2;
/** Bytes of a file in one line. */
export const PIECE_BYTES = 48 * 1024;
/** A bundle holds at most what one incident's outputs may be; more is not ours. */
export const MAX_BUNDLE_BYTES = 4 * 1024 * 1024 * 1024;

const text = z.string();
const id = z.string().min(1).max(300);
const sha256 = z.string().regex(/^[\da-f]{64}$/);
/** Only these places of a data folder are ever written. */
const outputPath = z.string().regex(/^outputs\/[\w-]{1,100}\.log(\.\d{12})?$/);

export const headerSchema = z.object({
  rollbook: z.literal('handover'),
  version: z.number(),
  handoverId: id,
  incidentId: z.string().regex(/^[\w-]{1,100}$/),
  title: text,
  at: z.number(),
  host: text,
  by: text,
  to: text,
  reason: text,
  /** Version of the Rollbook that wrote it. */
  app: text,
  /** Files that are not in it, with the reason; they stay where they are. */
  leftBehind: z.array(z.object({ path: text, why: text })),
});

const runbookSchema = z.object({
  hash: sha256,
  name: text,
  source: text,
  modelVersion: z.number(),
  modelHash: sha256,
  model: z.record(z.string(), z.unknown()),
});

const fileSchema = z.object({ path: outputPath, bytes: z.number().int().min(0), sha256 });

export const eventSchema = z.object({
  seq: z.number().int(),
  at: z.number(),
  occurredAt: z.number().nullable(),
  mono: z.number(),
  boot: text,
  session: text,
  actor: text,
  kind: text,
  v: z.number().int(),
  intentId: text.nullable(),
  payload: z.record(z.string(), z.unknown()).nullable(),
  salt: text.nullable(),
  payloadHash: sha256,
  prevHash: sha256,
  hash: sha256,
});

export const lineSchema = z.union([
  z.strictObject({ runbook: runbookSchema }),
  z.strictObject({ world: z.unknown() }),
  z.strictObject({ run: z.unknown() }),
  z.strictObject({ evidence: z.unknown() }),
  z.strictObject({ file: fileSchema }),
  z.strictObject({ bytes: z.string() }),
  z.strictObject({ event: eventSchema }),
  z.strictObject({ end: z.object({ lines: z.number().int(), sha256 }) }),
]);

export type BundleHeader = z.infer<typeof headerSchema>;
export type BundleLine = z.infer<typeof lineSchema>;
export type BundleRunbook = z.infer<typeof runbookSchema>;
