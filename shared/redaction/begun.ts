/** Secrets of which a line has the beginning only. They are hidden at once: what the next line has is not known yet. */

import { SECRET_ENDING } from './secret-names.ts';
import { begunToken } from './token-shapes.ts';

export interface BegunSecret {
  /** Where it begins. */
  readonly index: number;
  /** Characters that are still to come; null: not known. */
  readonly left: number | null;
  /** It ends at a quote. */
  readonly quoted: boolean;
}

/** By what stands before it; group 1. What must occur for it to be tried. */
const PLACES: readonly (readonly [hint: string, pattern: RegExp, quoted: boolean])[] = [
  // A password whose @ is still to come; a port is none.
  ['://', /(:\/\/[^\s:/@"'<>]{0,128}:)(?!\d{1,5}(?:[/?#]|$))(?=[^\s"'<>@]{0,256}\d)[^\s"'<>@]{3,256}$/, false],
  // A user that is a token.
  [
    '://',
    /(:\/\/)(?=[^\s:/@.]{0,256}\d)(?=[^\s:/@.]{0,256}[a-z])(?=[^\s:/@.]{0,256}[A-Z])[^\s:/@.?#"'<>]{10,256}$/,
    false,
  ],
  ['eyJ', /()eyJ[\w-]{8,256}(?:\.[\w-]{0,256}){0,2}$/, false],
  ['asic', /(basic[ \t]{1,8})(?=[A-Za-z0-9+/]{0,256}[a-z])(?=[A-Za-z0-9+/]{0,256}[A-Z])[A-Za-z0-9+/]{8,256}$/i, false],
  [
    '"',
    new RegExp(`((?:${SECRET_ENDING})\\\\?["']?[ \\t]{0,8}(?::|=>|=)[ \\t]{0,8}\\\\?")[^"\\\\]{1,256}$`, 'i'),
    true,
  ],
];

/** `text`: the last characters of a line, some hundred at most. Answers what reaches its end and may go on. */
export function begunSecret(text: string): BegunSecret | null {
  // A token has no blanks in it.
  const from = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t')) + 1;
  const token = begunToken(from === 0 ? text : text.slice(from));
  if (token !== null && (token.left === null || token.left > 0)) {
    return { index: token.index + from, left: token.left, quoted: false };
  }
  for (const [hint, pattern, quoted] of PLACES) {
    if (!text.includes(hint)) continue;
    const match = pattern.exec(text);
    if (match !== null) return { index: match.index + (match[1]?.length ?? 0), left: null, quoted };
  }
  return null;
}
