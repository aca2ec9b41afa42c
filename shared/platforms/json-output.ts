import type { z } from 'zod';
import { RollbookError } from '../api/result.ts';

/**
 * Parses the output of a command as JSON of a given shape. Lines before and after the document, such as the notice of a new
 * version, are left out.
 * @throws RollbookError `unexpected-output` naming the command, the place and what was found there.
 */
export function readJsonOutput<T>(command: string, text: string, schema: z.ZodType<T>): T {
  const value = documentIn(text);
  if (value === undefined) {
    const seen = text.trim() === '' ? 'nothing' : JSON.stringify(text.trim().slice(0, 80));
    throw unexpected(command, `did not print JSON; it printed ${seen}`);
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? 'the top level' : issue.path.map(String).join('.');
  throw unexpected(command, `printed JSON of another shape: at ${where}, ${issue?.message ?? 'something else'}`);
}

/** More lines that begin like a document are not tried. */
const TRIES = 20;

/** The first JSON object or array that begins on a line of its own; undefined: there is none. */
function documentIn(text: string): unknown {
  const whole = parsed(text);
  if (whole !== undefined) return whole;
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1;
  for (const { index } of [...text.matchAll(/^[ \t]*(?=[[{])/gm)].slice(0, TRIES)) {
    const found = parsed(text.slice(index, end));
    if (found !== undefined) return found;
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function unexpected(command: string, what: string): RollbookError {
  return new RollbookError(
    'unexpected-output',
    `\`${command}\` ${what}.`,
    `Run \`${command}\` in a terminal and look at what it prints; a different fly version may print it differently.`,
  );
}
