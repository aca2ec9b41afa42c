/**
 * Where a Markdown text may be cut so that its pieces parse to the same tree as the whole, and which stretches are
 * not worth parsing: remark needs minutes for a paragraph of 100 KB or a thousand nested quotes. Such a stretch
 * (a log pasted without a fence, usually) is kept as one paragraph of plain text.
 */

/** The longest paragraph whose marks are looked at, in characters. */
const LONGEST_PARAGRAPH = 16_000;
/** Quotes and lists one inside the other on a line. */
const DEEPEST_NESTING = 30;

/** A heading at the left margin ends everything but a fence or comment. */
const AT_HEADING = /^#{1,6}(?:\s|$)/;
/** So does anything else there after an empty line, unless it could be the next item of a list. */
const AFTER_EMPTY = /^(?:[\p{L}`|[>!("'_$&@\\~]|\*(?!\s))/u;
/** Lines that start something of their own: an item, a row, a heading, a definition. */
const STARTS_CONSTRUCT = /^\s*(?:[-*+]\s|[|#]|\d{1,9}[.)]|\[[^\]]+\]:)/;
const HEADING = /^\s{0,3}#{1,6}(?:\s|$)/;
const TOO_DEEP = new RegExp(
  `^(?:\\s*(?:>|[-*+]\\s|\\d{1,9}[.)]\\s)){${DEEPEST_NESTING},}|^\\s{120,}(?:[-*+>]|\\d+[.)])\\s`,
);

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface Cuts {
  /** In rising order. */
  readonly safe: readonly number[];
  /** Stretches to keep as plain text, in order. */
  readonly plain: readonly Stretch[];
  /** Table cells, and the lists and quotes each line stands in, outside of `plain`: the cost that lines do not tell. */
  readonly inner: number;
}

/** One pass over the lines. Fences and comments are followed closely enough: the parser checks each cut it makes. */
export function findCuts(source: string, from = 0): Cuts {
  const safe: number[] = [];
  const stretches = new Stretches();
  const enclosure = new Enclosure();
  let afterEmpty = false;
  let inner = 0;
  for (const match of source.matchAll(/([^\r\n]*)(?:\r\n|\n|\r|$)/g)) {
    if (match.index < from) continue;
    const line = match[1] ?? '';
    const fits = AT_HEADING.test(line) || (afterEmpty && AFTER_EMPTY.test(line));
    if (fits && !enclosure.isOpen) safe.push(match.index);
    const enclosed = enclosure.take(line);
    afterEmpty = line.trim() === '';
    if (enclosed || afterEmpty) stretches.close();
    else {
      if (line.length <= LONGEST_PARAGRAPH && !TOO_DEEP.test(line)) inner += innerOf(line);
      stretches.take(line, match.index, match.index + match[0].length);
    }
  }
  stretches.close();
  return { safe, plain: stretches.found, inner };
}

function innerOf(line: string): number {
  const [lead = ''] = /^[\s>]*/.exec(line) ?? [];
  const quotes = lead.split('>').length - 1;
  const cells = line.includes('|') ? line.split('|').length : 0;
  return cells + quotes + (STARTS_CONSTRUCT.test(line) ? Math.floor(lead.length / 2) : 0);
}

/** The fence or comment a line stands in. */
class Enclosure {
  #fence: string | null = null;
  #comment = false;

  get isOpen(): boolean {
    return this.#fence !== null || this.#comment;
  }

  /** True when the line is part of a fence or comment, its first and last line included. */
  take(line: string): boolean {
    const wasOpen = this.isOpen;
    const marker = /^[\s>*+-]{0,200}(?:\d+[.)]\s+)?(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1];
    if (this.#fence !== null) {
      if (marker?.startsWith(this.#fence) === true && /^[\s>]*(?:`+|~+)\s*$/.test(line)) this.#fence = null;
    } else if (this.#comment) this.#comment = !line.includes('-->');
    else if (marker !== undefined) this.#fence = marker;
    else this.#comment = /^\s*<!--/.test(line) && !line.includes('-->');
    return wasOpen || this.isOpen;
  }
}

/** Collects runs of lines that belong to one paragraph and are too long, and lines that nest too deeply. */
class Stretches {
  readonly found: Stretch[] = [];
  #open: (Stretch & { readonly deep: boolean }) | null = null;

  take(line: string, start: number, end: number): void {
    const deep = TOO_DEEP.test(line);
    if (deep || this.#open?.deep === true || STARTS_CONSTRUCT.test(line)) this.close();
    this.#open = this.#open === null ? { start, end, deep } : { ...this.#open, end };
    if (HEADING.test(line)) this.close();
  }

  close(): void {
    if (this.#open !== null && (this.#open.deep || this.#open.end - this.#open.start > LONGEST_PARAGRAPH)) {
      this.found.push({ start: this.#open.start, end: this.#open.end });
    }
    this.#open = null;
  }
}
