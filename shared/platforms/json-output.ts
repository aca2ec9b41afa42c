import type { z } from 'zod';
import { RollbookError } from '../api/result.ts';

/**
 * Parses the output of a command as JSON of a given shape. Lines before and after the document, such as the notice of a new
 * version, are left out.
 * @throws RollbookError `unexpected-output` naming the command, the place and what was found there.
 */
export function readJsonOutput<T>(command: string, text: string, schema: z.ZodType<T>): T {
  const documents = documentsIn(text.replace(BESIDE_JSON, ''));
  const first = documents.next();
  if (first.done === true) {
    const seen = text.trim() === '' ? 'nothing' : JSON.stringify(text.trim().slice(0, 80));
    throw unexpected(command, `did not print JSON; it printed ${seen}`);
  }
  const read = schema.safeParse(first.value);
  if (read.success) return read.data;
  // A warning may be JSON, too.
  for (const other of documents) {
    const fits = schema.safeParse(other);
    if (fits.success) return fits.data;
  }
  const issue = read.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? 'the top level' : issue.path.map(String).join('.');
  throw unexpected(command, `printed JSON of another shape: at ${where}, ${issue?.message ?? 'something else'}`);
}

/** A byte order mark, and colors: JSON has neither outside its strings, nor raw in them. */
const BESIDE_JSON = /^\uFEFF|\u001b\[[0-9;]*m/g;

/** Where an object or an array may begin: not the bracket of `[notice]` or `[1/2]`. */
const BEGINS = /^[ \t]*(?=\{\s*["}]|\[\s*[[{\]"])|(?=\[\{|\{")/gm;
const ENDS = /[}\]](?=[ \t\r]*$)/gm;

/** More places that look like the beginning of a document are not tried, nor more than this many of its end. */
const MOST_BEGINNINGS = 20;
const MOST_ENDS = 5;

/** The JSON objects and arrays in a text, in order, none inside another. */
function* documentsIn(text: string): Generator<unknown, void> {
  const whole = parsed(text);
  if (whole !== undefined) return yield whole;
  const ends = [...text.matchAll(ENDS)].map(({ index }) => index + 1).toReversed();
  let reached = 0;
  let tried = 0;
  for (const { index } of text.matchAll(BEGINS)) {
    if (index < reached) continue;
    if ((tried += 1) > MOST_BEGINNINGS) return;
    for (const end of ends.filter((each) => each > index).slice(0, MOST_ENDS)) {
      const found = parsed(text.slice(index, end));
      if (found === undefined) continue;
      reached = end;
      yield found;
      break;
    }
  }
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
