/**
 * Finds where a Markdown text can be cut so that its pieces parse to the same tree as the whole, and which stretches not to
 * parse: remark needs minutes for a paragraph of 100 KB or a thousand nested quotes. Such a stretch (usually a log pasted
 * without a fence) becomes one paragraph of plain text.
 */

/** The longest paragraph that is parsed, in characters. */
export const LONGEST_PARAGRAPH = 16_000;
/** Marks in one paragraph: the parser compares each with all others. */
export const MOST_MARKS = 300;
const MARKS = /[*_~`[\]<&\\@]|www\.|https?:/g;
/** Levels of quotes and lists on one line. */
const DEEPEST_NESTING = 30;

/** A heading at the left margin ends everything except a fence or comment. */
const AT_HEADING = /^#{1,6}(?:\s|$)/;
/** After an empty line, so does any other text there that cannot be a list item. */
const AFTER_EMPTY = /^(?:[\p{L}`|[>!("'_$&@\\~]|\*(?!\s))/u;
/** Lines that start a construct: an item, a row, a heading, a definition. */
const STARTS_CONSTRUCT = /^\s*(?:[-*+]\s|[|#]|\d{1,9}[.)]|\[[^\]]+\]:)/;
const HEADING = /^\s{0,3}#{1,6}(?:\s|$)/;
/** The markers of lists and quotes at the beginning of a line. */
const LEAD = /^(?:[\s>]|[-*+]\s|\d{1,9}[.)]\s)*/;
const ITEM = /[-*+]\s|\d[.)]\s/g;
/** The delimiter row of a table. */
const DELIMITERS = /^[\s>|:-]+$/;
/** An item of a list, its paragraph and its words. */
const ELEMENTS_OF_LINE = 3;
const TOO_DEEP = new RegExp(
  `^(?:\\s*(?:>|[-*+]\\s|\\d{1,9}[.)]\\s)){${DEEPEST_NESTING},}|^\\s{120,}(?:[-*+>]|\\d+[.)])\\s`,
);

export interface Stretch {
  readonly start: number;
  readonly end: number;
  /** The cost of parsing it. */
  readonly cost: Cost;
}

export interface Cuts {
  /** In rising order. */
  readonly safe: readonly number[];
  /** Stretches to keep as plain text, in order. */
  readonly plain: readonly Stretch[];
  /** The cost of parsing everything else. */
  readonly cost: Cost;
}

/** Upper bounds of what the parser creates. */
export interface Cost {
  readonly elements: number;
  /** Characters that may begin or end emphasis, links, code, HTML and the like. */
  readonly marks: number;
}

/** Makes one pass over the lines. Fences and comments are followed roughly: the parser checks each cut. */
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

/** Follows whether a line is in a fence or comment. */
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

/** Collects paragraphs that are too long and lines that are nested too deeply. */
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

  /** A line that is, or looks like, part of a fence or comment: parser-bounds.ts limits its marks and depth. */
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

/** The number of elements for the quotes and nested lists of a line. */
function containersIn(line: string): number {
  const [lead = ''] = LEAD.exec(line) ?? [];
  const quotes = lead.split('>').length - 1;
  const lists = lead.match(ITEM)?.length ?? 0;
  return quotes + 2 * Math.max(0, lists - 1);
}
