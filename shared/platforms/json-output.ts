import type { z } from 'zod';
import { RollbookError } from '../contract/result.ts';

/**
 * Parses the output of a command as JSON of a given shape.
 * @throws RollbookError `unexpected-output` naming the command, the place and what was found there.
 */
export function readJsonOutput<T>(command: string, text: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const seen = text.trim() === '' ? 'nothing' : JSON.stringify(text.trim().slice(0, 80));
    throw unexpected(command, `did not print JSON; it printed ${seen}`);
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? 'the top level' : issue.path.map(String).join('.');
  throw unexpected(command, `printed JSON of another shape: at ${where}, ${issue?.message ?? 'something else'}`);
}

function unexpected(command: string, what: string): RollbookError {
  return new RollbookError(
    'unexpected-output',
    `\`${command}\` ${what}.`,
    `Run \`${command}\` in a terminal and look at what it prints; a different fly version may print it differently.`,
  );
}
