/**
 * The lines of one output in pages, indexed by line number. Only the most recently used pages stay in memory; a dropped
 * page is read from the store again when somebody scrolls to it.
 */
import type { CallResult } from '#shared/api/calls.ts';
import type { OutputBatch } from '#shared/api/pushes.ts';

export interface Line {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** Shown for a line in the middle of a very long output: the store keeps only its beginning and its end. */
export const NOT_KEPT: Line = {
  stream: 'stderr',
  text: '(not kept: only the beginning and the end of this output are)',
};

export const PAGE_LINES = 500;
/** 10 pages are 5,000 lines: far more than a window shows at once. */
const MOST_PAGES = 10;
/** Limit for the texts of all pages together, because one line can be 64 KB long. */
const MOST_CHARS = 4_000_000;
/** Never fewer than this: the visible lines may span two pages, and the last page grows. */
const FEWEST_PAGES = 4;

interface Page {
  readonly lines: (Line | undefined)[];
  chars: number;
}

export const pageOf = (n: number): number => Math.floor(n / PAGE_LINES);

export class OutputLines {
  /** By page number, in order of use: the most recently used page is last. */
  #pages = new Map<number, Page>();
  #chars = 0;

  /** Undefined: the line is not in memory and must be read from the store. */
  get(n: number): Line | undefined {
    return this.#look(pageOf(n))?.lines[n % PAGE_LINES];
  }

  set(n: number, line: Line): void {
    const page = this.#look(pageOf(n)) ?? this.#add(pageOf(n));
    const more = line.text.length - (page.lines[n % PAGE_LINES]?.text.length ?? 0);
    page.lines[n % PAGE_LINES] = line;
    page.chars += more;
    this.#chars += more;
    this.#drop();
  }

  /** How many lines and characters are in memory. */
  get held(): { readonly lines: number; readonly chars: number } {
    const lines = [...this.#pages.values()].reduce((sum, page) => sum + Object.keys(page.lines).length, 0);
    return { lines, chars: this.#chars };
  }

  #look(number: number): Page | undefined {
    const page = this.#pages.get(number);
    if (page === undefined) return undefined;
    this.#pages.delete(number);
    this.#pages.set(number, page);
    return page;
  }

  #add(number: number): Page {
    const page: Page = { lines: [], chars: 0 };
    this.#pages.set(number, page);
    return page;
  }

  #drop(): void {
    const tooMany = (): boolean =>
      this.#pages.size > MOST_PAGES || (this.#pages.size > FEWEST_PAGES && this.#chars > MOST_CHARS);
    for (const [number, page] of this.#pages) {
      if (!tooMany()) return;
      this.#pages.delete(number);
      this.#chars -= page.chars;
    }
  }
}

/** Adds a pushed batch. Lines before `from` that the core skipped for a slow window stay missing until they are read. */
export function placeBatch(into: OutputLines, batch: Pick<OutputBatch, 'from' | 'lines'>): void {
  for (const [index, line] of batch.lines.entries()) into.set(batch.from + index, line);
}

/** Adds a page read from the store. Lines that the store did not keep are filled with `NOT_KEPT`. */
export function placePage(into: OutputLines, from: number, count: number, page: CallResult<'run.lines'>): void {
  const end = from + count;
  const notKept = (first: number, until: number): void => {
    for (let n = first; n < Math.min(until, end); n += 1) if (into.get(n) === undefined) into.set(n, NOT_KEPT);
  };
  notKept(from, page.lines.find(({ n }) => n >= from)?.n ?? from);
  for (const [index, { n, stream, text }] of page.lines.entries()) {
    into.set(n, { stream, text });
    notKept(n + 1, page.lines[index + 1]?.n ?? n + 1);
  }
}
