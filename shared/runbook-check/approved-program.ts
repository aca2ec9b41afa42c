/** Programs whose help Rollbook may read because a person approved it; the approval is for one file, not for a name. */
import { z } from 'zod';

const text = z.string().min(1).max(4_096);

export const approvedProgramSchema = z.object({
  /** The name that runbooks use. */
  tool: text,
  /** Absolute, as found on PATH. */
  path: text,
  /** Of the file, hex: a changed file needs a new approval. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  by: z.string().max(200),
  /** ms since the epoch. */
  at: z.number(),
});
export type ApprovedProgram = z.infer<typeof approvedProgramSchema>;

/** An unknown program whose help could be read. */
export interface AskableProgram {
  readonly tool: string;
  readonly path: string;
  readonly sha256: string;
  /** The commands that would be run to read it. */
  readonly runs: readonly string[];
  /** It was approved, but the file changed since. */
  readonly changed: boolean;
}
