/**
 * Splits a stream of text into lines and redacts each line as a whole, so that a secret split over two chunks is found. An
 * unfinished line is held back until it is complete or very long. LF, CRLF and a single CR (progress displays) end a line.
 */

import { endsInPart } from './found-by-code.ts';
import { REDACTED, type Redactor } from './redactor.ts';

/** The longest piece, in UTF-16 units; a longer line continues in the next piece. */
export const PIECE_MAX = 65_536;
/** A token that begins before the cut is read this far after it. */
const LOOK_AHEAD = 16_384;

export interface RedactedLine {
  readonly text: string;
  /** True when the line was too long and continues in the next piece. */
  readonly cut: boolean;
}

export class RedactedLines {
  #redactor: Redactor;
  #follow: ReturnType<Redactor['follow']>;
  #ahead: number;
  #pending = '';
  #count = 0;
  /** Inside a token that is longer than the held-back text: drop everything up to its end. */
  #swallowing = false;

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
    this.#follow = redactor.follow();
    this.#ahead = Math.max(LOOK_AHEAD, redactor.longest);
  }

  /** Secrets replaced so far. */
  get count(): number {
    return this.#count;
  }

  push(text: string): readonly RedactedLine[] {
    let fresh = text;
    if (this.#swallowing) {
      const stop = fresh.search(/[\s"'<>]/);
      if (stop < 0) return [];
      this.#swallowing = false;
      fresh = fresh.slice(stop);
    }
    this.#pending += fresh;
    const lines: RedactedLine[] = [];
    const end = breakToCutAt(this.#pending);
    if (end !== null) {
      lines.push(...this.#finish(this.#pending.slice(0, end.start), false));
      this.#pending = this.#pending.slice(end.end);
    }
    while (this.#pending.length > PIECE_MAX + this.#ahead) lines.push(...this.#cutLongLine());
    return lines;
  }

  /** Ends the stream and returns the rest. */
  end(): readonly RedactedLine[] {
    const pending = this.#pending;
    const rest = pending.endsWith('\r') ? pending.slice(0, -1) : pending;
    const lines = pending === '' ? [] : this.#finish(rest, false);
    this.#pending = '';
    this.#swallowing = false;
    return lines;
  }

  #finish(complete: string, cutAtEnd: boolean): RedactedLine[] {
    const lines: RedactedLine[] = [];
    const redacted = this.#follow(complete);
    this.#count += redacted.count;
    const texts = redacted.text.split(/\r\n|\n|\r/);
    texts.forEach((text, n) => lines.push(...pieces(text, cutAtEnd && n === texts.length - 1)));
    return lines;
  }

  #cutLongLine(): RedactedLine[] {
    const pending = this.#pending;
    const over = this.#redactor.spans(pending).find((span) => span.start < PIECE_MAX && span.end > PIECE_MAX);
    if (over?.end === pending.length && over.start === 0) {
      this.#pending = '';
      this.#swallowing = true;
      this.#count += 1;
      return [{ text: REDACTED, cut: true }];
    }
    const end =
      over === undefined ? wholeCharacters(pending, PIECE_MAX) : over.end === pending.length ? over.start : over.end;
    this.#pending = pending.slice(end);
    return this.#finish(pending.slice(0, end), true);
  }
}

/** Lines that may be part of a key wait for the next line, at most this many. */
const WAIT_LINES = 8;

function breakToCutAt(text: string): { readonly start: number; readonly end: number } | null {
  let end = lastBreak(text);
  for (let waiting = 0; end !== null && waiting < WAIT_LINES; waiting += 1) {
    if (!endsInPart(text, end.start)) return end;
    end = lastBreak(text.slice(0, end.start));
  }
  return waitedLongEnough(end, text);
}

const waitedLongEnough = (end: ReturnType<typeof lastBreak>, text: string): ReturnType<typeof lastBreak> =>
  end === null && text.length < PIECE_MAX ? null : lastBreak(text);

/** The last complete line break; a CR at the end may be the first half of a CRLF. */
function lastBreak(text: string): { readonly start: number; readonly end: number } | null {
  const lf = text.lastIndexOf('\n');
  const cr = text.lastIndexOf('\r', text.length - 2);
  if (text.length > 1 && cr > lf) return { start: cr, end: cr + 1 };
  if (lf < 0) return null;
  return { start: text[lf - 1] === '\r' ? lf - 1 : lf, end: lf + 1 };
}

function pieces(text: string, cut: boolean): RedactedLine[] {
  const result: RedactedLine[] = [];
  let rest = text;
  while (rest.length > PIECE_MAX) {
    const end = wholeCharacters(rest, PIECE_MAX);
    result.push({ text: rest.slice(0, end), cut: true });
    rest = rest.slice(end);
  }
  result.push({ text: rest, cut });
  return result;
}

/** Avoids a cut inside a surrogate pair. */
function wholeCharacters(text: string, end: number): number {
  const unit = text.charCodeAt(end - 1);
  return unit >= 0xd800 && unit <= 0xdbff ? end - 1 : end;
}
