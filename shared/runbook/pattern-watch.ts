/** Searches a stream for patterns, in constant memory. */
import { type Pattern, patternOf, type Reach, reachOf } from './pattern.ts';

/** Characters that are searched at once, and as many before them are kept: a match over several lines may be that long. */
const STRETCH = 64 * 1024;
/** Longer lines are skipped: they do not fit into constant memory. */
const LINE_MAX = 1024 * 1024;

export class PatternWatch {
  readonly #found = new Set<string>();
  readonly #missing: Map<string, { readonly matches: Pattern; readonly reach: Reach }>;
  /** Whole lines that were searched. */
  #before = '';
  /** Whole lines that were not searched yet. */
  #lines = '';
  #line = '';
  #inTooLongLine = false;
  #skipped = false;
  /** Some of the searched text is no longer kept. */
  #cut = false;

  constructor(patterns: readonly string[]) {
    const known = patterns.map((pattern) => [pattern, patternOf(pattern), reachOf(pattern)] as const);
    this.#missing = new Map(
      known.flatMap(([pattern, matches, reach]) =>
        matches === null || reach === 'text' ? [] : [[pattern, { matches, reach }]],
      ),
    );
  }

  add(text: string): void {
    // Every pattern was found.
    if (this.#missing.size === 0) return;
    const end = text.lastIndexOf('\n') + 1;
    if (end > 0) this.#endLines(text.slice(0, end));
    this.#grow(text.slice(end));
    if (this.#lines.length >= STRETCH) this.#look('going on');
  }

  /** Ends the stream: the text after the last line end is a line too. */
  end(): void {
    this.#lines += this.#line;
    this.#line = '';
    this.#look('over');
  }

  /** Whether the pattern was found; null when a line or match was too long to know, or the pattern is not watched. */
  has(pattern: string): boolean | null {
    if (this.#found.has(pattern)) return true;
    const missing = this.#missing.get(pattern);
    return missing === undefined || this.#skipped || (missing.reach === 'far' && this.#cut) ? null : false;
  }

  #endLines(text: string): void {
    // The rest of a skipped line is skipped too.
    this.#lines += this.#inTooLongLine ? text.slice(text.indexOf('\n') + 1) : this.#line + text;
    this.#line = '';
    this.#inTooLongLine = false;
  }

  #grow(text: string): void {
    if (this.#inTooLongLine) return;
    this.#line += text;
    if (this.#line.length <= LINE_MAX) return;
    this.#line = '';
    this.#inTooLongLine = true;
    this.#skipped = true;
  }

  #look(stream: 'going on' | 'over'): void {
    const text = this.#before + this.#lines.replaceAll('\r\n', '\n');
    // More text may follow the last line end, so there is no empty line after it.
    const looked = stream === 'over' ? text : text.slice(0, -1);
    for (const [pattern, { matches }] of this.#missing) {
      if (!matches(looked)) continue;
      this.#missing.delete(pattern);
      this.#found.add(pattern);
    }
    this.#cut ||= text.length > STRETCH;
    // Only whole lines are kept, so a long one is kept from its beginning.
    this.#before = text.length <= STRETCH ? text : text.slice(text.lastIndexOf('\n', text.length - STRETCH - 1) + 1);
    this.#lines = '';
  }
}
