/**
 * One line of an output file: `o 1794450000000 text`, with o for stdout and e for stderr, in capitals if the line
 * continues in the next record.
 */

import type { RedactedLine } from '#shared/redaction/redacted-lines.ts';

import type { Stream } from '../../ports.ts';

export interface StoredLine {
  /** From 0; lines dropped from the middle keep their numbers. */
  readonly n: number;
  readonly stream: Stream;
  /** When it was read, ms since the epoch. */
  readonly at: number;
  readonly text: string;
  /** The line was too long for one record and continues in the next. */
  readonly cut: boolean;
}

export function recordOf(stream: Stream, at: number, { text, cut }: RedactedLine): string {
  const letter = stream === 'stdout' ? 'o' : 'e';
  return `${cut ? letter.toUpperCase() : letter} ${at} ${text}\n`;
}

/** A record torn by a crash is shown as far as it goes. */
export function lineOf(n: number, record: string): StoredLine {
  const [, letter = 'o', at = '0', text = record] = /^([oOeE]) (\d+) ([^]*)$/.exec(record) ?? [];
  return {
    n,
    stream: letter.toLowerCase() === 'e' ? 'stderr' : 'stdout',
    at: Number(at),
    text,
    cut: letter !== letter.toLowerCase(),
  };
}
