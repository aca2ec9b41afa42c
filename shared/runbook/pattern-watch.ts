/** Looks for patterns in a stream as it passes, whole, in constant memory. */
import { type Pattern, patternOf } from './pattern.ts';
import { type Reach, reachOf } from './pattern-reach.ts';

/** Characters that are looked at at once, and kept before them: a pattern that spans lines is found over so many. */
const STRETCH = 64 * 1024;
/** Where a longer line ends, and what `^` and `$` mean in it, is not known in constant memory: it is not looked at. */
const LINE_MAX = 1024 * 1024;

export class PatternWatch {
  readonly #found = new Set<string>();
  readonly #missing: Map<string, { readonly matches: Pattern; readonly reach: Reach }>;
  /** Whole lines that were looked at. */
  #before = '';
  /** Whole lines that are still to be looked at. */
  #lines = '';
  #line = '';
  #inTooLongLine = false;
  #skipped = false;
  /** Of what was looked at something is not kept any more. */
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
    // All was found, or nothing is looked for.
    if (this.#missing.size === 0) return;
    const end = text.lastIndexOf('\n') + 1;
    if (end > 0) this.#endLines(text.slice(0, end));
    this.#grow(text.slice(end));
    if (this.#lines.length >= STRETCH) this.#look('going on');
  }

  /** The stream is over: what stands behind the last line end is a line too. */
  end(): void {
    this.#lines += this.#line;
    this.#line = '';
    this.#look('over');
  }

  /** Whether the pattern was there; null: it cannot be told, because of a line or a match too long, or it was not looked for. */
  has(pattern: string): boolean | null {
    if (this.#found.has(pattern)) return true;
    const missing = this.#missing.get(pattern);
    return missing === undefined || this.#skipped || (missing.reach === 'far' && this.#cut) ? null : false;
  }

  #endLines(text: string): void {
    // The end of a line that is too long goes with the rest of it.
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
    // Behind its last line end more will come: an empty line there would be none.
    const looked = stream === 'over' ? text : text.slice(0, -1);
    for (const [pattern, { matches }] of this.#missing) {
      if (!matches(looked)) continue;
      this.#missing.delete(pattern);
      this.#found.add(pattern);
    }
    this.#cut ||= text.length > STRETCH;
    // Whole lines: one that is longer is kept from its beginning, or what ends in it would be lost.
    this.#before = text.length <= STRETCH ? text : text.slice(text.lastIndexOf('\n', text.length - STRETCH - 1) + 1);
    this.#lines = '';
  }
}
