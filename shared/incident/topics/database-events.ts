/** A database rollback: the target, the migration, the dump and the rows. */
import { z } from 'zod';
import { text, time } from './event-parts.ts';

const tables = z.array(text);
/** Rows by `schema.table`. */
const counts = z.record(text, z.number());

export const DATABASE_SCHEMAS = {
  /** The database the connection leads to, and where it differs from the runbook. Never holds a password. */
  'database.identified': z.object({
    stepId: text,
    target: z.object({
      host: text,
      port: z.number(),
      project: text.nullable(),
      name: text,
      user: text,
      address: text.nullable(),
      serverVersion: text,
    }),
    mismatches: z.array(text),
  }),
  /** A person typed the end of the part of the target that can be wrong. */
  'database.confirmed': z.object({ stepId: text, typed: text }),
  'migrations.read': z.object({
    stepId: text,
    fingerprint: text,
    migrations: z.array(z.object({ version: text, name: text, at: time.nullable() })),
    proposed: text.nullable(),
    verdicts: z.array(z.object({ version: text, verdict: z.enum(['proposed', 'buried']), why: text })),
    /** null: they could not be read, and `backupProblem` says why. */
    backups: z
      .object({
        backups: z.array(z.object({ at: time, status: text })),
        pitr: z.object({ from: time, until: time }).nullable(),
      })
      .nullable(),
    backupProblem: text.nullable(),
  }),
  'migration.chosen': z.object({
    stepId: text,
    version: text,
    name: text,
    at: time.nullable(),
    fingerprint: text,
    /** The reviewed file that undoes it; the file run later must have the same content. */
    file: text,
    sha256: text,
    sql: z.object({ affected: tables, rows: tables, gone: tables, exists: tables, opaque: z.boolean() }),
    backup: z.object({ older: z.boolean(), why: text }),
    /** Why to continue without a backup older than the migration; '' when there is one. */
    reason: text,
  }),
  /** The history changed between choice and act, so the choice no longer holds. */
  'migrations.changed': z.object({ stepId: text, was: text, now: text }),
  'dump.proven': z.object({ stepId: text, path: text, bytes: z.number(), sha256: text, tables }),
  /** The server session of a changing psql; recorded when it differs from the last reading. */
  'session.seen': z.object({
    runId: text,
    state: text,
    waits: text,
    blockers: z.array(z.object({ pid: z.number(), application: text, state: text })),
  }),
  /** Counted immediately before the SQL; null when they could not be counted. */
  'rows.counted': z.object({ stepId: text, counts: counts.nullable() }),
} as const;
