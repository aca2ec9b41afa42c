/** A program beyond the listed ones that a person allowed to be asked for its help: this very file, not its name. */
import { z } from 'zod';

const text = z.string().min(1).max(4_096);

export const approvedProgramSchema = z.object({
  /** As runbooks call it. */
  tool: text,
  /** Absolute, as it stood on PATH. */
  path: text,
  /** Of the file behind the path, hex: another content needs another approval. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  by: z.string().max(200),
  /** ms since the epoch. */
  at: z.number(),
});
export type ApprovedProgram = z.infer<typeof approvedProgramSchema>;

/** A program of which nothing is known, and that could be asked. */
export interface AskableProgram {
  readonly tool: string;
  readonly path: string;
  readonly sha256: string;
  /** All that would be run, as it would be typed. */
  readonly runs: readonly string[];
  /** It was approved, and is another file by now. */
  readonly changed: boolean;
}
