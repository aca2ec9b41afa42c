/** Finds the lines that the keeper held and that were not stored, because Rollbook was not running. */

import type { RedactedLine } from '#shared/redaction/redacted-lines.ts';
import type { Redactor } from '#shared/redaction/redactor.ts';

import type { Stream } from '../../ports.ts';
import { lineCutter } from './output-file.ts';
import type { StoredLine } from './output-record.ts';

/** Marks in the output where an earlier session of the app ended. */
export const NOT_THERE = '[Rollbook was not running at this point]';

/**
 * `held`: the stream from its first byte; `heard`: what this session received and stored. In `stored`, the lines before
 * the first gap are the beginning of the stream; lines between two gaps are from a session that attached and ended too.
 */
export function missedLines(
  redactor: Redactor,
  stream: Stream,
  held: Uint8Array,
  heard: Uint8Array,
  stored: readonly StoredLine[],
): readonly RedactedLine[] {
  const cutter = lineCutter(redactor);
  const lines = [...cutter.push(without(Buffer.from(held), Buffer.from(heard))), ...cutter.end()];
  const [first = [], ...later] = sessionsOf(stored, stream);
  return later.reduce<readonly RedactedLine[]>(withoutSession, lines.slice(first.length));
}

/** The stored lines of the stream, by the session that heard them. */
function sessionsOf(stored: readonly StoredLine[], stream: Stream): readonly (readonly StoredLine[])[] {
  const sessions: StoredLine[][] = [[]];
  for (const line of stored) {
    if (line.stream === 'stderr' && line.text === NOT_THERE) sessions.push([]);
    else if (line.stream === stream) sessions.at(-1)?.push(line);
  }
  return sessions;
}

/** Without what the session heard, which may begin in the middle of a line. What is not found is left: rather twice than never. */
function withoutSession(lines: readonly RedactedLine[], session: readonly StoredLine[]): readonly RedactedLine[] {
  const [first, ...more] = session;
  if (first === undefined) return lines;
  const goesOn = (at: number): boolean => more.every(({ text }, index) => lines[at + 1 + index]?.text === text);
  const whole = lines.findIndex(({ text }, at) => text === first.text && goesOn(at));
  const at = whole >= 0 ? whole : lines.findIndex(({ text }, index) => text.endsWith(first.text) && goesOn(index));
  const begun = lines[at];
  if (begun === undefined) return lines;
  const head = begun.text.slice(0, begun.text.length - first.text.length);
  const unheard = head === '' ? [] : [{ ...begun, text: head }];
  return [...lines.slice(0, at), ...unheard, ...lines.slice(at + session.length)];
}

/** The bytes that were heard last are at the end, or shortly before it. */
function without(held: Buffer, heard: Buffer): Buffer {
  if (heard.length === 0) return held;
  if (heard.length >= held.length && heard.subarray(heard.length - held.length).equals(held)) return Buffer.alloc(0);
  const at = held.lastIndexOf(heard);
  return at < 0 ? held : Buffer.concat([held.subarray(0, at), held.subarray(at + heard.length)]);
}
