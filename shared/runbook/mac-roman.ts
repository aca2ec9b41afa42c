/**
 * Undoes one well-known accident: UTF-8 bytes that were read as MacRoman and saved again, so that U+1F6A8 stands in
 * the file as four letters. Each symbol is decoded back only where the letters give a whole, valid UTF-8 sequence.
 */

/** MacRoman 0x80 to 0xFF in order, as Unicode (the table of unicode.org/Public/MAPPINGS/VENDORS/APPLE/ROMAN.TXT). */
const UPPER_HALF =
  'ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü' +
  '†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø' +
  '¿¡¬√ƒ≈∆«»…\u00A0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ' +
  '‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uF8FFÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ';

const BYTE_OF = new Map(Array.from(UPPER_HALF, (char, index) => [char, 0x80 + index] as const));
const CONTINUATION = `[${UPPER_HALF.slice(0, 0x40)}]`;

/**
 * Three and four bytes: general punctuation, arrows, dingbats (lead E2), the emoji selector and replacement character
 * (lead EF), emoji (lead F0 9F). No sentence of a living language writes these letters in this order.
 */
const SYMBOL = new RegExp(`‚${CONTINUATION}{2}|Ô∏è|Ôøº|ÔøΩ|\uF8FFü${CONTINUATION}{2}`, 'g');
/**
 * Two bytes (leads C2, C3: accented letters, no-break space). `√π` may well be meant as it stands, so these are
 * decoded only in a file that a symbol has already shown to be damaged.
 */
const LETTER = new RegExp(`[¬√]${CONTINUATION}`, 'g');

interface Repair {
  readonly text: string;
  /** How many symbols were put right; 0 means the text is untouched. */
  readonly count: number;
}

/** The text with damaged symbols decoded; genuine text comes back as it was. */
export function repairSymbols(text: string): Repair {
  let count = 0;
  const decode = (damaged: string): string => {
    const symbol = decodeSequence(Array.from(damaged, (char) => BYTE_OF.get(char) ?? 0));
    if (symbol === null) return damaged;
    count += 1;
    return symbol;
  };
  const symbols = text.replace(SYMBOL, decode);
  return count === 0 ? { text, count } : { text: symbols.replace(LETTER, decode), count };
}

/** One UTF-8 sequence of two to four bytes, or null when it is overlong or out of range. */
function decodeSequence(bytes: readonly number[]): string | null {
  const [lead = 0, ...rest] = bytes;
  const size = rest.length + 1;
  let code = lead & (0xff >> (size + 1));
  for (const byte of rest) code = (code << 6) | (byte & 0x3f);
  const least = [0, 0, 0x80, 0x800, 0x10000][size] ?? Number.POSITIVE_INFINITY;
  return code < least || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? null : String.fromCodePoint(code);
}
