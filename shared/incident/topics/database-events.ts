/** The kinds of event of a database rollback; rows of event.ts, with the same rules. */
import { z } from 'zod';

const time = z.number();
const text = z.string();
const tables = z.array(text);
/** Rows by `schema.table`. */
const counts = z.record(text, z.number());

export const DATABASE_SCHEMAS = {
  /** What the connection leads to, and what of it is not as the runbook declares. No password is part of it. */
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
  /** A person typed the end of the part that can be wrong. */
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
    /** The reviewed file that undoes it; what is run later has to have this very content. */
    file: text,
    sha256: text,
    sql: z.object({ affected: tables, rows: tables, gone: tables, exists: tables, opaque: z.boolean() }),
    backup: z.object({ older: z.boolean(), why: text }),
    /** Why it goes on without a backup older than the migration; '' where there is one. */
    reason: text,
  }),
  /** The history changed between pick and act, so the pick no longer holds. */
  'migrations.changed': z.object({ stepId: text, was: text, now: text }),
  'dump.proven': z.object({ stepId: text, path: text, bytes: z.number(), sha256: text, tables }),
  /** A read-only look at the session of a changing psql; written down when it differs from the last one. */
  'session.seen': z.object({
    runId: text,
    state: text,
    waits: text,
    blockers: z.array(z.object({ pid: z.number(), application: text, state: text })),
  }),
  /** Immediately before the SQL; null: they could not be counted. */
  'rows.counted': z.object({ stepId: text, counts: counts.nullable() }),
} as const;
