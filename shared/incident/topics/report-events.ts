/** Evidence, notes, stars and the report. */
import { z } from 'zod';
import { text, time } from './event-parts.ts';

export const REPORT_SCHEMAS = {
  /**
   * Rule 11: `partial` when a limit cut it off or the command failed; `why` says which. `path` is in the data folder.
   */
  'evidence.captured': z.object({
    evidenceId: text,
    title: text,
    shown: text,
    path: text,
    bytes: z.number(),
    lines: z.number(),
    sha256: text,
    partial: z.boolean(),
    why: text,
    /** Of a list of releases: the one that was in service when the incident was detected. */
    inService: z.object({ version: z.number(), user: text, at: time }).optional(),
  }),
  'evidence.missing': z.object({ title: text, shown: text, why: text }),
  'note.added': z.object({ text, starred: z.boolean() }),
  'entry.starred': z.object({ seq: z.number(), starred: z.boolean() }),
  'report.edited': z.object({ field: text, text }),
  /** `json`: SHA-256 of the JSON report beside it. */
  'report.exported': z.object({ path: text, sha256: text, json: text.optional() }),
} as const;
