/**
 * Characters that show nothing, or that change how others are shown, are written as their code: a bidirectional mark
 * could make a command read as another one. Joiners (U+200C, U+200D) stay: Persian and emoji need them.
 */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u2028\u2029\u202A-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/g;

/** One line, trimmed, unless spaces are to be kept (lines of output). Lone surrogates become U+FFFD. */
export function visible(text: string, spaces: 'collapse' | 'keep-spaces' = 'collapse'): string {
  const shown = text.toWellFormed().replace(HIDDEN, (char) => {
    const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `⟨U+${code}⟩`;
  });
  return spaces === 'collapse' ? shown.replace(/\s+/g, ' ').trim() : shown;
}
