/**
 * Carries the lines of one run to any number of windows, in batches. Each window has a window of 100,000 characters it
 * has not acknowledged; past it lines are skipped for that window only, and it pages them from the file. Pushing never
 * waits for anybody: a slow, hidden or closed window slows neither the command nor another window.
 */

import type { Timers } from '../../ports.ts';
import type { StoredLine } from './output-record.ts';
import type { OutputBatch, Push } from '#shared/api/pushes.ts';

export const WINDOW_CHARS = 100_000;
const BATCH_MS = 16;
export const BATCH_CHARS = 65_536;

export type OutputItem =
  | { readonly kind: 'lines'; readonly from: number; readonly lines: readonly StoredLine[] }
  /** Lines `from` to `from + lines - 1` were not sent; they can be read from the file. */
  | { readonly kind: 'skipped'; readonly from: number; readonly lines: number };

export interface Attachment {
  /** The window has shown this many characters: the text of lines, and one more for the end of each. */
  readonly ack: (chars: number) => void;
  readonly close: () => void;
}

export interface OutputFeed {
  push(lines: readonly StoredLine[]): void;
  /** Sends what is pending, gaps included, without regard to the windows' acknowledgements. Nothing follows. */
  end(): void;
  /** `send` must not block; one that throws is detached. A window that attaches late gets the number of lines it missed. */
  attach(send: (item: OutputItem) => void): Attachment;
  readonly attached: number;
}

interface Window {
  readonly send: (item: OutputItem) => void;
  /** Characters sent and not acknowledged. */
  unacknowledged: number;
  /** First line not sent yet. */
  next: number;
}

/** `firstLine`: where this session's output begins, when an earlier one stored some; 0 for a new one. */
export function outputFeed(firstLine: number, timers: Pick<Timers, 'after'>): OutputFeed {
  const windows = new Set<Window>();
  let pending: StoredLine[] = [];
  let pendingChars = 0;
  let flushed = firstLine;
  let cancel: (() => void) | null = null;

  const deliver = (window: Window, item: OutputItem): void => {
    try {
      window.send(item);
    } catch {
      windows.delete(window);
    }
  };

  const tellSkipped = (window: Window, upTo: number): void => {
    if (window.next >= upTo) return;
    const from = window.next;
    window.next = upTo;
    deliver(window, { kind: 'skipped', from, lines: upTo - from });
  };

  const flush = (): void => {
    cancel?.();
    cancel = null;
    const [lines, chars] = [pending, pendingChars];
    pending = [];
    pendingChars = 0;
    const first = lines[0];
    if (first === undefined) return;
    flushed = first.n + lines.length;
    for (const window of windows) {
      // An idle window always gets its batch, however large: otherwise one very long line would never be shown.
      if (window.unacknowledged > 0 && window.unacknowledged + chars > WINDOW_CHARS) continue;
      tellSkipped(window, first.n);
      window.unacknowledged += chars;
      window.next = flushed;
      deliver(window, { kind: 'lines', from: first.n, lines });
    }
  };

  return {
    get attached() {
      return windows.size;
    },
    push(lines) {
      for (const line of lines) {
        pending.push(line);
        pendingChars += line.text.length + 1;
        if (pendingChars >= BATCH_CHARS) flush();
      }
      if (pending.length > 0) cancel ??= timers.after(BATCH_MS, flush);
    },
    end() {
      flush();
      for (const window of windows) tellSkipped(window, flushed);
    },
    attach(send) {
      flush();
      const window: Window = { send, unacknowledged: 0, next: 0 };
      windows.add(window);
      tellSkipped(window, flushed);
      return {
        ack(chars) {
          window.unacknowledged = Math.max(0, window.unacknowledged - chars);
          if (windows.has(window) && window.unacknowledged < WINDOW_CHARS / 2) tellSkipped(window, flushed);
        },
        close: () => void windows.delete(window),
      };
    },
  };
}

/** The windows that follow one run, from before it begins (the intent reaches them first) until they detach. */
export type Send = (push: Push) => void;

export interface LiveOutput {
  begin(firstLine: number): void;
  push(lines: readonly StoredLine[]): void;
  end(): void;
  /** Attaching the same window again replaces its former attachment. Returns a function that detaches it. */
  attach(send: Send): () => void;
  acknowledge(send: Send, chars: number): void;
  /** Neither a run nor a window uses it. */
  readonly idle: boolean;
}

export function liveOutput(runId: string, timers: Pick<Timers, 'after'>): LiveOutput {
  const windows = new Map<Send, Attachment>();
  let feed: OutputFeed | null = null;
  const join = (send: Send, into: OutputFeed): Attachment =>
    into.attach((item) => send({ name: 'run.output', payload: batchOf(runId, item) }));
  const waiting: Attachment = { ack: () => undefined, close: () => undefined };
  return {
    begin(firstLine) {
      feed = outputFeed(firstLine, timers);
      for (const send of windows.keys()) windows.set(send, join(send, feed));
    },
    push: (lines) => feed?.push(lines),
    end() {
      feed?.end();
      feed = null;
    },
    attach(send) {
      windows.get(send)?.close();
      const attachment = feed === null ? waiting : join(send, feed);
      windows.set(send, attachment);
      return () => {
        windows.get(send)?.close();
        windows.delete(send);
      };
    },
    acknowledge: (send, chars) => windows.get(send)?.ack(chars),
    get idle() {
      return feed === null && windows.size === 0;
    },
  };
}

/** In the API `from` is the number of the first line sent, and the skipped lines stand directly before it. */
function batchOf(runId: string, item: OutputItem): OutputBatch {
  return item.kind === 'skipped'
    ? { runId, from: item.from + item.lines, skipped: item.lines, lines: [] }
    : { runId, from: item.from, skipped: 0, lines: item.lines.map(({ stream, text }) => ({ stream, text })) };
}
