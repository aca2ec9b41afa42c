/**
 * Writes a run's output as redacted lines (output-record.ts) into its files (output-parts.ts). A full disk never stops the
 * command: what it does not take is kept in memory, in order, and tried again with what comes next.
 */

import { createHash } from 'node:crypto';
import {
  createReadStream,
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { makePrivateFolder } from '#core/files/make-folder.ts';

import { type RedactedLine, RedactedLines } from '#shared/redaction/redacted-lines.ts';
import type { Redactor } from '#shared/redaction/redactor.ts';

import type { Clock, Stream } from '../../ports.ts';
import { OUTPUT_LIMITS, type OutputLimits, type OutputPart, partPath, partsOf, partsToRead } from './output-parts.ts';
import { outputReader } from './output-reader.ts';
import { recordOf, type StoredLine } from './output-record.ts';

export interface OutputFileOptions {
  /** Absolute path of the first file; its folder is made (0700) when missing. */
  readonly file: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly redactor: Redactor;
  readonly limits?: OutputLimits;
}

export interface OutputFacts {
  /** Bytes stored now, in all parts. */
  readonly bytes: number;
  /** Lines printed, dropped ones included. */
  readonly lines: number;
  /** SHA-256 of the stored bytes of all parts in order. */
  readonly sha256: string;
  /** Bytes of records that were printed and are not stored any more, or never could be. */
  readonly dropped: number;
}

export interface OutputFile {
  /** Takes a chunk as it came; answers the lines that are complete now. Never throws. */
  append(stream: Stream, bytes: Uint8Array): readonly StoredLine[];
  /** Lines that were cut and redacted already. */
  add(stream: Stream, lines: readonly RedactedLine[]): readonly StoredLine[];
  /** A line of Rollbook between those of the command. */
  note(text: string): readonly StoredLine[];
  /** The unfinished ends of both streams, as lines. Nothing may be appended afterwards. */
  end(): readonly StoredLine[];
  /** Tries to store what is kept; true when nothing is left that might still be stored. */
  flush(): boolean;
  /** After `end`: what is on the disk now, safe against a power cut. What is kept now is dropped. */
  close(): Promise<OutputFacts>;
  /** Lines that an earlier session stored; ours are numbered from here. */
  readonly firstLine: number;
  /** Why something could not be stored (a full disk); null when all is well. */
  readonly problem: string | null;
}

/** Bytes kept in memory while the disk is full; beyond this, lines are dropped. */
const KEPT_MAX = 32 * 1024 * 1024;
/** Trouble of a disk that may pass. */
const MAY_PASS: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT', 'EIO']);

/**
 * Continues after the lines of an earlier session. If the file cannot be opened, `problem` says why, and lines are still
 * returned.
 */
export function openOutputFile(options: OutputFileOptions): OutputFile {
  const { file, clock, redactor, limits = OUTPUT_LIMITS } = options;
  const partsNow = limits === OUTPUT_LIMITS ? partsToRead : partsOf;
  const streams = { stdout: lineCutter(redactor), stderr: lineCutter(redactor) };
  let part: OpenPart = { path: file, fd: -1, size: 0 };
  let lines = 0;
  let dropped = 0;
  let problem: string | null = null;
  /** No more can ever be stored: line numbers are positions, so after a gap that is not a whole part nothing may follow. */
  let over = false;
  let kept: KeptBatch[] = [];
  let keptBytes = 0;
  const failed = (thrown: unknown): void => {
    problem = reasonOf(thrown);
    over ||= !MAY_PASS.has((thrown as NodeJS.ErrnoException).code);
  };
  try {
    const stored = partsNow(file).at(-1);
    lines = stored === undefined ? 0 : stored.firstLine + recordsIn(stored.path);
    part = openPart(stored?.path ?? file);
  } catch (thrown) {
    failed(thrown);
  }
  const firstLine = lines;

  const nextPart = (line: number): void => {
    const full = part;
    part = openPart(partPath(file, line));
    fsyncSync(full.fd);
    closeSync(full.fd);
    const tail = partsOf(file).slice(1);
    for (const old of tail.slice(0, Math.max(0, tail.length - limits.parts))) {
      dropped += old.bytes;
      rmSync(old.path, { force: true });
    }
  };

  const write = ({ line, bytes }: KeptBatch): void => {
    if (part.fd < 0) part = openPart(part.path);
    const isFull = part.size + bytes.length > (part.path === file ? limits.head : limits.part);
    if (part.size > 0 && isFull) nextPart(line);
    writeAll(part, bytes);
  };

  const flush = (): boolean => {
    try {
      for (let next = kept[0]; next !== undefined && !over; next = kept[0]) {
        write(next);
        kept.shift();
        keptBytes -= next.bytes.length;
      }
      if (!over) problem = null;
    } catch (thrown) {
      failed(thrown);
    }
    if (over || keptBytes > KEPT_MAX) drop();
    return kept.length === 0;
  };

  const drop = (): void => {
    over ||= kept.length > 0;
    dropped += keptBytes;
    kept = [];
    keptBytes = 0;
  };

  const store = (records: string, count: number): void => {
    const bytes = Buffer.from(records, 'utf8');
    kept.push({ line: lines, bytes });
    keptBytes += bytes.length;
    flush();
    lines += count;
  };

  const take = (stream: Stream, cut: readonly RedactedLine[]): readonly StoredLine[] => {
    if (cut.length === 0) return [];
    const at = Math.round(clock.now());
    const first = lines;
    let records = '';
    let count = 0;
    for (const line of cut) {
      records += recordOf(stream, at, line);
      count += 1;
      // A part may exceed its size by one batch; small batches keep that small.
      if (records.length < limits.part / 8) continue;
      store(records, count);
      records = '';
      count = 0;
    }
    if (count > 0) store(records, count);
    return cut.map((line, n) => ({ n: first + n, stream, at, text: line.text, cut: line.cut }));
  };

  return {
    firstLine,
    get problem() {
      return problem;
    },
    append: (stream, bytes) => take(stream, streams[stream].push(bytes)),
    add: take,
    note: (text) => take('stderr', [{ text, cut: false }]),
    end: () => [...take('stdout', streams.stdout.end()), ...take('stderr', streams.stderr.end())],
    flush,
    async close() {
      flush();
      drop();
      if (part.fd >= 0) {
        fsyncSync(part.fd);
        closeSync(part.fd);
      }
      return { ...(await hashOf(partsNow(file))), lines, dropped };
    },
  };
}

/** Facts of the output of a run whose end was not stored. */
export async function factsOf(file: string): Promise<OutputFacts> {
  return { ...(await hashOf(partsToRead(file))), lines: await outputReader(file).total(), dropped: 0 };
}

/** Cuts the bytes of one stream into redacted lines. */
export function lineCutter(redactor: Redactor): {
  push(bytes: Uint8Array): readonly RedactedLine[];
  end(): readonly RedactedLine[];
} {
  const decoder = new StringDecoder('utf8');
  const lines = new RedactedLines(redactor);
  return {
    push: (bytes) => lines.push(decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))),
    end: () => [...lines.push(decoder.end()), ...lines.end()],
  };
}

/** Records that are not stored yet. */
interface KeptBatch {
  /** Number of its first line. */
  readonly line: number;
  readonly bytes: Buffer;
}

interface OpenPart {
  readonly path: string;
  readonly fd: number;
  size: number;
}

function openPart(path: string): OpenPart {
  makePrivateFolder(dirname(path));
  const fd = openSync(path, 'a+', 0o600);
  const part: OpenPart = { path, fd, size: fstatSync(fd).size };
  // A crash may have torn the last record; what follows must begin on a line of its own.
  const last = Buffer.alloc(1);
  if (part.size > 0 && readSync(fd, last, 0, 1, part.size - 1) === 1 && last[0] !== 10)
    writeAll(part, Buffer.from('\n'));
  return part;
}

/** A torn record at the end is one too. */
function recordsIn(path: string): number {
  const bytes = readFileSync(path);
  let count = bytes.length > 0 && bytes.at(-1) !== 10 ? 1 : 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}

const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

function writeAll(part: OpenPart, bytes: Buffer): void {
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(part.fd, bytes, done);
    part.size += bytes.length;
  } catch (thrown) {
    ftruncateSync(part.fd, part.size);
    throw thrown;
  }
}

async function hashOf(parts: readonly OutputPart[]): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const { path } of parts) {
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  }
  return { bytes, sha256: hash.digest('hex') };
}
