/**
 * Where a Markdown text may be cut so that its pieces parse to the same tree as the whole, and which stretches are
 * not worth parsing: remark needs minutes for a paragraph of 100 KB or a thousand nested quotes. Such a stretch
 * (a log pasted without a fence, usually) is kept as one paragraph of plain text.
 */

/** The longest paragraph whose marks are looked at, in characters. */
const LONGEST_PARAGRAPH = 16_000;
/** Marks in one paragraph: the parser tries each with each. */
const MOST_MARKS = 300;
const MARKS = /[*_~`[\]<&\\@]|www\.|https?:/g;
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
  /** Of what is to be parsed. */
  readonly cost: Cost;
}

/** One pass over the lines. Fences and comments are followed closely enough: the parser checks each cut it makes. */
export function findCuts(source: string, from = 0): Cuts {
  const safe: number[] = [];
  const stretches = new Stretches();
  const enclosure = new Enclosure();
  let afterEmpty = false;
  for (const match of source.matchAll(/([^\r\n]*)(?:\r\n|\n|\r|$)/g)) {
    if (match.index < from) continue;
    const line = match[1] ?? '';
    const fits = AT_HEADING.test(line) || (afterEmpty && AFTER_EMPTY.test(line));
    if (fits && !enclosure.isOpen) safe.push(match.index);
    const enclosed = enclosure.take(line);
    afterEmpty = line.trim() === '';
    if (enclosed || afterEmpty) stretches.close();
    else stretches.take(line, match.index, match.index + match[0].length);
  }
  stretches.close();
  return { safe, plain: stretches.found, cost: stretches.cost };
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

/** What a stretch costs beyond its lines. */
interface Cost {
  /** Table cells, and the lists and quotes each line stands in. */
  readonly inner: number;
  /** Characters that may begin or end emphasis, links, code, HTML and the like. */
  readonly marks: number;
}

interface OpenStretch extends Stretch, Cost {
  readonly deep: boolean;
}

/** Collects runs of lines that belong to one paragraph and are too long, and lines that nest too deeply. */
class Stretches {
  readonly found: Stretch[] = [];
  /** Of all that is to be parsed. */
  cost: Cost = { inner: 0, marks: 0 };
  #open: OpenStretch | null = null;

  take(line: string, start: number, end: number): void {
    const deep = TOO_DEEP.test(line);
    if (deep || this.#open?.deep === true || STARTS_CONSTRUCT.test(line)) this.close();
    const cost = costOf(line);
    this.#open = this.#open === null ? { start, end, deep, ...cost } : { ...this.#open, end, ...sum(this.#open, cost) };
    if (HEADING.test(line)) this.close();
  }

  close(): void {
    const open = this.#open;
    this.#open = null;
    if (open === null) return;
    if (open.deep || open.end - open.start > LONGEST_PARAGRAPH || open.marks > MOST_MARKS)
      this.found.push({ start: open.start, end: open.end });
    else this.cost = sum(this.cost, open);
  }
}

const sum = (a: Cost, b: Cost): Cost => ({ inner: a.inner + b.inner, marks: a.marks + b.marks });

function costOf(line: string): Cost {
  const [lead = ''] = /^[\s>]*/.exec(line) ?? [];
  const quotes = lead.split('>').length - 1;
  const cells = line.includes('|') ? line.split('|').length : 0;
  const inner = cells + quotes + (STARTS_CONSTRUCT.test(line) ? Math.floor(lead.length / 2) : 0);
  return { inner, marks: line.match(MARKS)?.length ?? 0 };
}
