import type { Place } from './model.ts';

/** The lines of a text, which end with LF, CRLF or CR as in Markdown. */
export class Lines {
  readonly #starts: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    this.#starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((ending) => ending.index + ending[0].length)];
    this.#length = text.length;
  }

  /** The line of an offset, from 1. */
  lineOf(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** The offset of a line's start; after the last line, the end of the text. */
  startOf(line: number): number {
    return this.#starts[line - 1] ?? this.#length;
  }

  place(start: number, end: number): Place {
    return { line: this.lineOf(start), start, end };
  }
}
