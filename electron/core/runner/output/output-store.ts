/** All outputs of the data folder: written by runs, followed by windows, read by line numbers. */
import { join } from 'node:path';
import type { Door } from '#core/redaction-door.ts';
import type { Clock, Stream, Timers } from '../../ports.ts';
import type { HeldOutput } from '../keeper/held-output.ts';
import { HELD_MAX } from '../keeper/keeper.ts';
import { factsOf, type OutputFacts, openOutputFile, lineCutter } from './output-file.ts';
import { type LiveOutput, liveOutput, type Send } from './output-feed.ts';
import { outputReader, type OutputReader } from './output-reader.ts';
import type { StoredLine } from './output-record.ts';
import { outputPath } from './output-parts.ts';
import type { RedactedLine } from '#shared/redaction/redacted-lines.ts';
import type { Redactor } from '#shared/redaction/redactor.ts';

const MEANWHILE = '[Printed while Rollbook was not running:]';
const NOT_KEPT = '[What the command printed while Rollbook was not running was not kept]';
const ONLY_THE_END = `[More than ${HELD_MAX / 1024 / 1024} MB was printed; of what Rollbook did not hear only the end was kept:]`;
/** Longer ones are not read again to tell what is missing in them. */
const COMPARED_MAX = 50_000;
/** Wait between two tries to store what a full disk did not take, ms. */
const RETRY_MS = 1_000;
const EXCERPT_LINES = 20;
const EXCERPT_CHARS = 4_000;
/** Readers keep the marks of their files; those of the runs looked at last are kept. */
const READERS_MAX = 16;

export interface ClosedOutput extends OutputFacts {
  /** Relative to the data folder. */
  readonly path: string;
  /** The last lines, for the timeline. */
  readonly excerpt: string;
  /** Why not all could be stored; null when it was. */
  readonly problem: string | null;
}

export interface OutputSink {
  /** Never blocks on a window and never throws. */
  write(stream: Stream, bytes: Uint8Array): void;
  /** At the end of a run that an earlier session began: adds the lines that were not stored. `heard`: what was written here. */
  complete(held: HeldOutput | null, heard: Readonly<Record<Stream, Uint8Array>>): Promise<void>;
  /** Waits for a disk that is full, as long as `held` is not over. */
  close(held?: AbortSignal): Promise<ClosedOutput>;
}

export interface OutputStore {
  /**
   * Redacts as the door does. What goes to the store, a window, a terminal, Slack or a report is redacted there; this
   * is for text that is cut, compared with stored text, or written past the store.
   */
  redact(text: string): string;
  /** Values of secret variables that became known; outputs opened from now on hide them. */
  learn(secrets: readonly string[]): void;
  /** For a run that was attached again, continues after the stored lines. */
  open(runId: string): OutputSink;
  /** Facts of an output that was never closed. */
  finish(runId: string): Promise<ClosedOutput>;
  readLines(
    runId: string,
    from: number,
    count: number,
  ): Promise<{ readonly total: number; readonly lines: StoredLine[] }>;
  /** A window follows a run, which may not have begun yet. Answers how to stop. */
  attach(runId: string, send: Send): () => void;
  acknowledge(runId: string, send: Send, chars: number): void;
  /** Drops the readers of these runs, which nobody uses now. */
  forget(runIds: readonly string[]): void;
}

export interface OutputStoreOptions {
  readonly dataFolder: string;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly timers: Pick<Timers, 'after'>;
  readonly door: Pick<Door, 'text' | 'learn' | 'redactor'>;
}

export function outputStore({ dataFolder, clock, timers, door }: OutputStoreOptions): OutputStore {
  const readers = new Map<string, OutputReader>();
  const live = new Map<string, LiveOutput>();
  const fileOf = (runId: string): string => join(dataFolder, outputPath(runId));

  const readerOf = (runId: string): OutputReader => {
    const reader = readers.get(runId) ?? outputReader(fileOf(runId));
    readers.delete(runId);
    readers.set(runId, reader);
    for (const oldest of readers.keys()) if (readers.size > READERS_MAX) readers.delete(oldest);
    return reader;
  };

  const liveOf = (runId: string): LiveOutput => {
    const output = live.get(runId) ?? liveOutput(runId, timers);
    live.set(runId, output);
    return output;
  };

  const forget = (runId: string): void => {
    if (live.get(runId)?.idle === true) live.delete(runId);
  };

  const excerptOf = async (runId: string, lines: number): Promise<string> => {
    const last = await readerOf(runId).readLines(Math.max(0, lines - EXCERPT_LINES), EXCERPT_LINES);
    return last
      .map(({ text }) => text)
      .join('\n')
      .slice(-EXCERPT_CHARS);
  };

  return {
    redact: door.text,
    learn: door.learn,
    open(runId) {
      const output = liveOf(runId);
      const redactor = door.redactor();
      const file = openOutputFile({ file: fileOf(runId), clock, redactor });
      output.begin(file.firstLine);
      if (file.firstLine > 0) output.push(file.note(NOT_THERE));
      return {
        write: (stream, bytes) => output.push(file.append(stream, bytes)),
        async complete(held, heard) {
          output.push(file.end());
          if (held === null) {
            output.push(file.note(NOT_KEPT));
            return;
          }
          const isKnown = !held.cut && file.firstLine <= COMPARED_MAX;
          const stored = isKnown && file.firstLine > 0 ? await readerOf(runId).readLines(0, file.firstLine + 1) : [];
          const missed = (['stdout', 'stderr'] as const).map(
            (stream) => [stream, missedLines(redactor, stream, held[stream], heard[stream], stored)] as const,
          );
          if (missed.every(([, lines]) => lines.length === 0)) return;
          const more = heard.stdout.length + heard.stderr.length > 0;
          if (held.cut) output.push(file.note(ONLY_THE_END));
          else if (more) output.push(file.note(MEANWHILE));
          for (const [stream, lines] of missed) output.push(file.add(stream, lines));
        },
        async close(held) {
          output.push(file.end());
          while (held?.aborted === false && !file.flush()) await clock.sleep(RETRY_MS, held);
          output.end();
          forget(runId);
          const facts = await file.close();
          return {
            ...facts,
            path: outputPath(runId),
            excerpt: await excerptOf(runId, facts.lines),
            problem: file.problem,
          };
        },
      };
    },
    async finish(runId) {
      const facts = await factsOf(fileOf(runId));
      return { ...facts, path: outputPath(runId), excerpt: await excerptOf(runId, facts.lines), problem: null };
    },
    async readLines(runId, from, count) {
      const reader = readerOf(runId);
      const lines = await reader.readLines(from, count);
      return { total: await reader.total(), lines: [...lines] };
    },
    attach(runId, send) {
      const detach = liveOf(runId).attach(send);
      return () => {
        detach();
        forget(runId);
      };
    },
    acknowledge: (runId, send, chars) => live.get(runId)?.acknowledge(send, chars),
    forget(runIds) {
      for (const runId of runIds) readers.delete(runId);
    },
  };
}

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
