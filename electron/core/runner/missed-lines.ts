/** What an output file lacks of what the keeper held: lines that nobody stored, because Rollbook was not running. */

import type { RedactedLine } from '#shared/redaction/redacted-lines.ts';
import type { Redactor } from '#shared/redaction/redactor.ts';

import type { Stream } from '../ports.ts';
import { lineCutter } from './output-file.ts';
import type { StoredLine } from './output-record.ts';

/** Stands in the output where an earlier session of the app ended. */
export const NOT_THERE = '[Rollbook was not running at this point]';

/**
 * `held`: the stream from its first byte on; `heard`: what the present session was told of it, and stored.
 * Of `stored`, the lines before the first gap are left out: they are the beginning of the stream.
 */
export function missedLines(
  redactor: Redactor,
  stream: Stream,
  held: Uint8Array,
  heard: Uint8Array,
  stored: readonly StoredLine[],
): readonly RedactedLine[] {
  const gap = stored.findIndex(({ text, stream: from }) => from === 'stderr' && text === NOT_THERE);
  const known = (gap < 0 ? stored : stored.slice(0, gap)).filter((line) => line.stream === stream).length;
  const cutter = lineCutter(redactor);
  return [...cutter.push(without(Buffer.from(held), Buffer.from(heard))), ...cutter.end()].slice(known);
}

/** What was heard last stands at the end, or shortly before it. */
function without(held: Buffer, heard: Buffer): Buffer {
  if (heard.length === 0) return held;
  if (heard.length >= held.length && heard.subarray(heard.length - held.length).equals(held)) return Buffer.alloc(0);
  const at = held.lastIndexOf(heard);
  return at < 0 ? held : Buffer.concat([held.subarray(0, at), held.subarray(at + heard.length)]);
}
