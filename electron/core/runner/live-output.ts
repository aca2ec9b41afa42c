/** The windows that follow one run, from before it begins (they hear of the intent first) until they leave. */

import type { OutputBatch, Push } from '#shared/contract/pushes.ts';

import type { Timers } from '../ports.ts';
import { type Attachment, type OutputFeed, type OutputItem, outputFeed } from './output-feed.ts';
import type { StoredLine } from './output-record.ts';

export type Send = (push: Push) => void;

export interface LiveOutput {
  begin(firstLine: number): void;
  push(lines: readonly StoredLine[]): void;
  end(): void;
  /** The same window again replaces its former attachment. Answers how to stop. */
  attach(send: Send): () => void;
  acknowledge(send: Send, chars: number): void;
  /** Neither a run nor a window needs it. */
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

/** In the contract `from` is the number of the first line sent, and the skipped lines stand directly before it. */
function batchOf(runId: string, item: OutputItem): OutputBatch {
  return item.kind === 'skipped'
    ? { runId, from: item.from + item.lines, skipped: item.lines, lines: [] }
    : { runId, from: item.from, skipped: 0, lines: item.lines.map(({ stream, text }) => ({ stream, text })) };
}
