/** Branches out of a failed step, the values and files they need, and logins. */
import { z } from 'zod';
import { text, time } from './event-parts.ts';

const window = z.object({ from: time, until: time }).nullable();

export const BRANCH_SCHEMAS = {
  /** `ends`: the branch's outcome becomes the step's; otherwise the step is decided again afterwards. */
  'branch.taken': z.object({ stepId: text, branchId: text, title: text, ends: z.boolean(), why: text }),
  'branch.left': z.object({ stepId: text, branchId: text, title: text, reason: text }),
  /** Variables `from: prompt`; null for a secret, which is kept in memory only. */
  'values.given': z.object({ stepId: text, values: z.record(text, text.nullable()) }),
  /** Secrets that the current process does not have: they are asked for again. */
  'values.forgotten': z.object({ names: z.array(text) }),
  /** The release a build made, and the image its proof is about. */
  'release.built': z.object({ stepId: text, version: z.number(), image: text }),
  /** The SQL file to be run by hand, as it was when a person reviewed it. */
  'sql.chosen': z.object({ stepId: text, file: text, sha256: text, gone: z.array(text), exists: z.array(text) }),
  'restore.read': z.object({ stepId: text, project: text, window, problem: text.nullable() }),
  'restore.chosen': z.object({
    stepId: text,
    project: text,
    /** The database is restored to this moment. */
    to: time,
    /** Everything written in this time is lost. */
    lossMs: z.number(),
    /** Given for this restore only; null: none was given, and `reason` says why. */
    approval: z.object({ who: text, role: text, how: text, words: text }).nullable(),
    reason: text,
  }),
  /** Rule 12. `terminal`: where `command` was opened; null when no terminal could be opened and a person runs it. */
  'login.opened': z.object({ tool: text, command: text, terminal: text.nullable() }),
  /** `who`: who is logged in now; null when nobody logged in, and `reason` says why Rollbook stopped waiting. */
  'login.ended': z.object({ tool: text, who: text.nullable(), reason: text }),
} as const;
