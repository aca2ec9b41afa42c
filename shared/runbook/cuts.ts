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
const TOO_DEEP = new RegExp(`^(?:\\s*(?:>|[-*+]\\s|\\d{1,9}[.)]\\s)){${DEEPEST_NESTING},}|^\\s{120,}(?:[-*+>]|\\d+[.)])\\s`);

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface Cuts {
  /** In rising order. */
  readonly safe: readonly number[];
  /** Stretches to keep as plain text, in order. */
  readonly plain: readonly Stretch[];
}

interface Open {
  readonly start: number;
  end: number;
  readonly deep: boolean;
}

/** One pass over the lines from an offset on. Fences and comments are followed closely enough; the parser checks each cut it makes. */
export function findCuts(source: string, from = 0): Cuts {
  const safe: number[] = [];
  const plain: Stretch[] = [];
  let fence: string | null = null;
  let comment = false;
  let afterEmpty = false;
  let open: Open | null = null;
  const close = (): void => {
    if (open !== null && (open.deep || open.end - open.start > LONGEST_PARAGRAPH)) plain.push({ start: open.start, end: open.end });
    open = null;
  };
  for (const match of source.matchAll(/([^\r\n]*)(?:\r\n|\n|\r|$)/g)) {
    if (match.index < from) continue;
    const line = match[1] ?? '';
    const fits = AT_HEADING.test(line) || (afterEmpty && AFTER_EMPTY.test(line));
    if (fits && fence === null && !comment) safe.push(match.index);
    const marker: string | undefined = /^[\s>*+-]{0,200}(?:\d+[.)]\s+)?(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1];
    const inside = fence !== null || comment || marker !== undefined;
    if (fence !== null) {
      if (marker?.startsWith(fence) && /^[\s>]*(`+|~+)\s*$/.test(line)) fence = null;
    } else if (marker !== undefined) fence = marker;
    else if (comment ? line.includes('-->') : /^\s*<!--/.test(line)) comment = !comment && !line.includes('-->');
    afterEmpty = line.trim() === '';
    const deep = !inside && TOO_DEEP.test(line);
    if (inside || afterEmpty || deep || STARTS_CONSTRUCT.test(line) || (open as Open | null)?.deep) close();
    if (inside || afterEmpty) continue;
    const end = match.index + match[0].length;
    if (open === null) open = { start: match.index, end, deep };
    else (open as Open).end = end;
  }
  close();
  return { safe, plain };
}
