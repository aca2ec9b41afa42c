import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Timers } from '#core/ports.ts';
import {
  BATCH_CHARS,
  type OutputFeed,
  type OutputItem,
  outputFeed,
  WINDOW_CHARS,
} from '#core/runner/output/output-feed.ts';
import type { StoredLine } from '#core/runner/output/output-record.ts';

/** A timer that the test fires. */
function byHand(): Pick<Timers, 'after'> & { fire(): void } {
  let due: (() => void) | null = null;
  return {
    after: (_ms, then) => {
      due = then;
      return () => (due = null);
    },
    fire() {
      const then = due;
      due = null;
      then?.();
    },
  };
}

const linesOf = (from: number, count: number, text = 'x'): readonly StoredLine[] =>
  Array.from({ length: count }, (_, k) => ({ n: from + k, stream: 'stdout', at: 0, text, cut: false }) as const);

const sizeOf = (item: OutputItem): number =>
  item.kind === 'lines' ? item.lines.reduce((sum, { text }) => sum + text.length + 1, 0) : 0;

/** Takes everything; acknowledges at once when it is `quick`. */
function window(feed: OutputFeed, quick: boolean): { readonly items: OutputItem[]; ack(chars: number): void } {
  const items: OutputItem[] = [];
  const attachment = feed.attach((item) => {
    items.push(item);
    if (quick) queueMicrotask(() => attachment.ack(sizeOf(item)));
  });
  return { items, ack: attachment.ack };
}

/** The line numbers that a window received or was told were skipped: all of them, once, in order. */
const covered = (items: readonly OutputItem[]): readonly number[] =>
  items.flatMap((item) =>
    Array.from({ length: item.kind === 'lines' ? item.lines.length : item.lines }, (_, k) => item.from + k),
  );

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);

describe('the feed of a run', () => {
  it('sends small output in one batch when its time has come', () => {
    const timer = byHand();
    const feed = outputFeed(0, timer);
    const { items } = window(feed, true);
    feed.push(linesOf(0, 2));
    feed.push(linesOf(2, 1));
    expect(items).toEqual([]);
    timer.fire();
    expect(items).toEqual([{ kind: 'lines', from: 0, lines: linesOf(0, 3) }]);
    timer.fire();
    expect(items).toHaveLength(1);
  });

  it('sends large output in batches without waiting', () => {
    const feed = outputFeed(0, byHand());
    const { items } = window(feed, true);
    feed.push(linesOf(0, 100, 'y'.repeat(999)));
    expect(items).toHaveLength(1);
    expect(sizeOf(items[0] as OutputItem)).toBeLessThan(BATCH_CHARS + 1_000);
  });

  it('skips for a window that does not answer, and never sends it more than its window', () => {
    const timer = byHand();
    const feed = outputFeed(0, timer);
    const slow = window(feed, false);
    for (let n = 0; n < 500; n += 1) {
      feed.push(linesOf(n, 1, 'z'.repeat(999)));
      timer.fire();
    }
    expect(slow.items.reduce((sum, item) => sum + sizeOf(item), 0)).toBe(WINDOW_CHARS);
    expect(covered(slow.items)).toEqual(upTo(100));
    slow.ack(WINDOW_CHARS);
    expect(slow.items.at(-1)).toEqual({ kind: 'skipped', from: 100, lines: 400 });
    feed.push(linesOf(500, 1));
    timer.fire();
    expect(slow.items.at(-1)).toMatchObject({ kind: 'lines', from: 500 });
  });

  it('tells a window of its gap when the run ends, though it never answered', () => {
    const timer = byHand();
    const feed = outputFeed(0, timer);
    const slow = window(feed, false);
    feed.push(linesOf(0, 300, 'z'.repeat(999)));
    feed.end();
    expect(covered(slow.items)).toEqual(upTo(300));
  });

  it('tells a late window what it missed', () => {
    const feed = outputFeed(5, byHand());
    feed.push(linesOf(5, 3));
    const { items } = window(feed, true);
    expect(items).toEqual([{ kind: 'skipped', from: 0, lines: 8 }]);
  });

  it('shows one line that is longer than everything', () => {
    const timer = byHand();
    const feed = outputFeed(0, timer);
    const { items } = window(feed, false);
    feed.push(linesOf(0, 1, 'w'.repeat(WINDOW_CHARS * 2)));
    expect(covered(items)).toEqual([0]);
  });

  it('lets go of a window that is closed or broken, and serves the others', () => {
    const timer = byHand();
    const feed = outputFeed(0, timer);
    feed.attach(() => {
      throw new Error('window is gone');
    });
    const closed = feed.attach(() => expect.unreachable());
    const other = window(feed, true);
    closed.close();
    feed.push(linesOf(0, 1));
    timer.fire();
    expect(feed.attached).toBe(1);
    expect(covered(other.items)).toEqual([0]);
  });

  it('tells each window of every line exactly once, in order, whatever it acknowledges', () => {
    const act = fc.oneof(
      fc.record({ push: fc.integer({ min: 1, max: 40 }), size: fc.constantFrom(0, 10, 3_000, 40_000) }),
      fc.record({ ack: fc.integer({ min: 0, max: 200_000 }) }),
      fc.constant('fire' as const),
      fc.constant('attach' as const),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const timer = byHand();
        const feed = outputFeed(0, timer);
        const windows = [window(feed, false)];
        let n = 0;
        for (const step of acts) {
          if (step === 'fire') timer.fire();
          else if (step === 'attach') windows.push(window(feed, false));
          else if ('ack' in step) windows[0]?.ack(step.ack);
          else {
            feed.push(linesOf(n, step.push, 'q'.repeat(step.size)));
            n += step.push;
          }
        }
        feed.end();
        for (const { items } of windows) expect(covered(items)).toEqual(upTo(n));
      }),
    );
  });
});
