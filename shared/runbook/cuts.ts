/**
 * Where a Markdown text may be cut so that its pieces parse to the same tree as the whole, and which stretches are
 * not worth parsing: remark needs minutes for a paragraph of 100 KB or a thousand nested quotes. Such a stretch
 * (a log pasted without a fence, usually) is kept as one paragraph of plain text.
 */

/** The longest paragraph whose marks are looked at, in characters. */
export const LONGEST_PARAGRAPH = 16_000;
/** Marks in one paragraph: the parser tries each with each. */
export const MOST_MARKS = 300;
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
/** What the lists and quotes of a line begin with. */
const LEAD = /^(?:[\s>]|[-*+]\s|\d{1,9}[.)]\s)*/;
const ITEM = /[-*+]\s|\d[.)]\s/g;
/** The second line of a table, which makes it one. */
const DELIMITERS = /^[\s>|:-]+$/;
/** An item of a list, its paragraph and its words. */
const ELEMENTS_OF_LINE = 3;
const TOO_DEEP = new RegExp(
  `^(?:\\s*(?:>|[-*+]\\s|\\d{1,9}[.)]\\s)){${DEEPEST_NESTING},}|^\\s{120,}(?:[-*+>]|\\d+[.)])\\s`,
);

export interface Stretch {
  readonly start: number;
  readonly end: number;
  /** Of parsing it. */
  readonly cost: Cost;
}

export interface Cuts {
  /** In rising order. */
  readonly safe: readonly number[];
  /** Stretches to keep as plain text, in order. */
  readonly plain: readonly Stretch[];
  /** Of parsing all the rest. */
  readonly cost: Cost;
}

/** What the parser may make of it, at most. */
export interface Cost {
  readonly elements: number;
  /** Characters that may begin or end emphasis, links, code, HTML and the like. */
  readonly marks: number;
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
    if (enclosed) stretches.pass(line);
    else if (afterEmpty) stretches.close();
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

interface OpenStretch extends Stretch {
  readonly deep: boolean;
}

/** Collects runs of lines that belong to one paragraph and are too long, and lines that nest too deeply. */
class Stretches {
  readonly found: Stretch[] = [];
  cost: Cost = { elements: 0, marks: 0 };
  #open: OpenStretch | null = null;
  #table = false;

  take(line: string, start: number, end: number): void {
    this.#table = false;
    const deep = TOO_DEEP.test(line);
    if (deep || this.#open?.deep === true || STARTS_CONSTRUCT.test(line)) this.close();
    const cost = costOf(line);
    this.#open =
      this.#open === null ? { start, end, deep, cost } : { ...this.#open, end, cost: sum(this.#open.cost, cost) };
    if (HEADING.test(line)) this.close();
  }

  /** A line of a fence or comment, or of what looks like one: marks and depth are left to the parser's own bounds. */
  pass(line: string): void {
    this.close();
    this.#table = (this.#table && line.trim() !== '') || (line.includes('-') && DELIMITERS.test(line));
    this.cost = sum(this.cost, { elements: containersIn(line) + (this.#table ? cellsIn(line) : 0), marks: 0 });
  }

  close(): void {
    const open = this.#open;
    this.#open = null;
    if (open === null) return;
    const { start, end, deep, cost } = open;
    if (deep || end - start > LONGEST_PARAGRAPH || cost.marks > MOST_MARKS) this.found.push({ start, end, cost });
    else this.cost = sum(this.cost, cost);
  }
}

export const sum = (a: Cost, b: Cost): Cost => ({ elements: a.elements + b.elements, marks: a.marks + b.marks });

function costOf(line: string): Cost {
  const marks = line.match(MARKS)?.length ?? 0;
  const indent = STARTS_CONSTRUCT.test(line) ? (/^[\s>]*/.exec(line)?.[0].length ?? 0) : 0;
  const elements = ELEMENTS_OF_LINE + containersIn(line) + cellsIn(line) + indent / 2 + marks / 2;
  return { elements: Math.floor(elements), marks };
}

const cellsIn = (line: string): number => (line.includes('|') ? line.split('|').length : 0);

/** The quotes, and the lists but for one, that begin or go on in this line. */
function containersIn(line: string): number {
  const [lead = ''] = LEAD.exec(line) ?? [];
  const quotes = lead.split('>').length - 1;
  const lists = lead.match(ITEM)?.length ?? 0;
  return quotes + 2 * Math.max(0, lists - 1);
}
