/**
 * One line of an output file: `o 1794450000000 text`, with o for stdout and e for stderr, in capitals if the line
 * continues in the next record.
 */
import type { RedactedLine } from '#shared/redaction/redacted-lines.ts';
import type { Stream } from '../../ports.ts';
import type { IncidentEvent } from '#shared/incident/event.ts';
import { outputPath } from './output-parts.ts';

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

export interface RecordedOutput {
  /** Id of the run or the capture. */
  readonly id: string;
  /** Relative to the data folder, with `/`. */
  readonly path: string;
  /** All parts together. */
  readonly bytes: number;
  readonly sha256: string;
}

export function recordedOutputs(events: readonly IncidentEvent[]): readonly RecordedOutput[] {
  return events.flatMap((event): readonly RecordedOutput[] => {
    if (event.kind === 'run.ended' && event.payload?.output != null) {
      const { runId, output } = event.payload;
      return [recorded(runId, output)];
    }
    if (event.kind === 'evidence.captured' && event.payload !== null)
      return [recorded(event.payload.evidenceId, event.payload)];
    return [];
  });
}

const recorded = (
  id: string,
  { bytes, sha256 }: { readonly bytes: number; readonly sha256: string },
): RecordedOutput => ({
  id,
  path: outputPath(id).replaceAll('\\', '/'),
  bytes,
  sha256,
});
