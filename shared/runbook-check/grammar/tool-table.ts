/** The subcommands and flags of a tool in one version: a file of tables/, or what the help of an installed tool lists. */
import { z } from 'zod';

/** `--file=` takes a value, `--json` does not. */
const flags = z.array(z.string().regex(/^-[^\s=]+=?$/)).readonly();
const names = z.array(z.string().regex(/^[a-z][\w-]*$/)).readonly();

const commandSchema = z.strictObject({
  flags: flags.optional(),
  /** It has flags that are not listed: none is reported as unknown. */
  moreFlags: z.literal(true).optional(),
  subcommands: names.optional(),
  /** Other names of a subcommand. */
  aliases: z.record(z.string(), z.string()).optional(),
  /** Names that exist in some installations (plugins, hidden commands): calls to them are not judged. */
  uncertain: names.optional(),
  /** It has subcommands that are not listed: none is reported as unknown. */
  moreSubcommands: z.literal(true).optional(),
  /** It takes flags only. */
  noArguments: z.literal(true).optional(),
});
export type CommandEntry = z.infer<typeof commandSchema>;

export const toolTableSchema = z.strictObject({
  tool: z.string(),
  version: z.string(),
  source: z.string(),
  /** Long flags may be cut to a unique beginning (getopt, git). */
  shortenedFlags: z.literal(true).optional(),
  /** Accepted by every command. */
  globalFlags: flags,
  /** By the words of the command: '' is the tool itself, then 'db', 'db dump'. Calls to others are not judged. */
  commands: z.record(z.string(), commandSchema),
});
export type ToolTable = z.infer<typeof toolTableSchema>;
