/** The kinds of event of branches, of values a person gave, and of logins; rows of event.ts, with the same rules. */
import { z } from 'zod';

const time = z.number();
const text = z.string();
/** ms since the epoch. */
const window = z.object({ from: time, until: time }).nullable();

export const BRANCH_SCHEMAS = {
  /** A way out of a step that failed. `ends`: what it comes to is the step's outcome; otherwise the step is decided anew. */
  'branch.taken': z.object({ stepId: text, branchId: text, title: text, ends: z.boolean(), why: text }),
  'branch.left': z.object({ stepId: text, branchId: text, title: text, reason: text }),
  /** Variables `from: prompt`; null: a secret, which is kept in memory only. */
  'values.given': z.object({ stepId: text, values: z.record(text, text.nullable()) }),
  /** Secrets that were given, but not to the process that steers now: they are asked for again. */
  'values.forgotten': z.object({ names: z.array(text) }),
  /** What a build made: the release, and the image its proof is about. */
  'release.built': z.object({ stepId: text, version: z.number(), image: text }),
  /** The reviewed file that is run by hand, as it was when it was looked through. */
  'sql.chosen': z.object({ stepId: text, file: text, sha256: text, gone: z.array(text), exists: z.array(text) }),
  'restore.read': z.object({ stepId: text, project: text, window, problem: text.nullable() }),
  'restore.chosen': z.object({
    stepId: text,
    project: text,
    /** The moment the database is taken back to. */
    to: time,
    /** All that was written in these ms is lost. */
    lossMs: z.number(),
    /** Given for this alone; null: it goes on without, and `reason` says why. */
    approval: z.object({ who: text, role: text, how: text, words: text }).nullable(),
    reason: text,
  }),
  /** Rule 12. `terminal`: what was opened, null where nothing could be; then a person runs `command`. */
  'login.opened': z.object({ tool: text, command: text, terminal: text.nullable() }),
  /** `who`: the login there is now, null when nobody logged in; then `reason` says why it is not waited for any more. */
  'login.ended': z.object({ tool: text, who: text.nullable(), reason: text }),
} as const;
