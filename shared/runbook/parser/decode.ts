/** Decodes a runbook file to text: size limit, UTF-8, no binary content, and the repair of damaged symbols. */
import { RollbookError } from '../../api/result.ts';
import { mustFit } from '../limits.ts';

/** The largest accepted runbook, in bytes. A larger file is a log or a dump. */
export const MAX_RUNBOOK_BYTES = 1024 * 1024;

// Exists in Node and in browsers; shared/ is compiled without the types of either.
declare const TextDecoder: new (
  label: string,
  options: { readonly fatal: boolean },
) => { decode(bytes: Uint8Array): string };
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

/** Tab, line feed, form feed, carriage return, and the escape that starts colors in pasted output. */
const ALLOWED_CONTROLS: readonly number[] = [9, 10, 12, 13, 27];

/**
 * Decodes the bytes of a file, without a byte order mark.
 * @throws RollbookError `too-large` (with the size in details.bytes) or `not-text` (with details.line where known).
 */
export function decodeRunbook(raw: Uint8Array | string, name: string): string {
  const bytes = typeof raw === 'string' ? new TextEncoder().encode(raw) : raw;
  if (bytes.length > MAX_RUNBOOK_BYTES) throw tooLarge(name, bytes.length);
  if (isUtf16(bytes)) throw utf16(name);
  const text = typeof raw === 'string' ? raw : decodeUtf8(bytes, name);
  const unmarked = text.startsWith('\uFEFF') ? text.slice(1) : text;
  mustFit('lines', linesOf(unmarked), name);
  const binary = firstControl(unmarked);
  if (binary >= 0) throw notText(name, `a control character (code ${unmarked.charCodeAt(binary)})`, unmarked, binary);
  return unmarked;
}

/** The bytes that trust depends on: as on disk, or UTF-8 for text. */
export function rawBytes(raw: Uint8Array | string): Uint8Array {
  return typeof raw === 'string' ? new TextEncoder().encode(raw) : raw;
}

function linesOf(text: string): number {
  let count = 1;
  for (const _end of text.matchAll(/\r\n|\n|\r/g)) count += 1;
  return count;
}

function firstControl(text: string): number {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 32 && !ALLOWED_CONTROLS.includes(code)) return index;
  }
  return -1;
}

/** By its byte order mark, or because every second byte of its beginning is zero, as in Latin letters. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const head = bytes.slice(0, 64);
  if (head.length < 4) return false;
  const zeros = (rest: 0 | 1): number => head.filter((byte, index) => index % 2 === rest && byte === 0).length;
  const half = Math.floor(head.length / 2);
  return (zeros(1) >= half - 1 && zeros(0) === 0) || (zeros(0) >= half - 1 && zeros(1) === 0);
}

const utf16 = (name: string): RollbookError =>
  new RollbookError(
    'not-text',
    `${name} is UTF-16 text; a runbook is UTF-8.`,
    `Save it as UTF-8, for example by: iconv -f UTF-16 -t UTF-8 ${name} > utf-8.md`,
  );

function decodeUtf8(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new RollbookError(
      'not-text',
      `${name} is not UTF-8 text.`,
      'Save it as UTF-8. If it is a document, an image or an archive, export it as Markdown first.',
    );
  }
}

function tooLarge(name: string, bytes: number): RollbookError {
  const size = (bytes / MAX_RUNBOOK_BYTES).toFixed(1);
  return new RollbookError(
    'too-large',
    `${name} has ${size} MB (${bytes} bytes); a runbook may have 1 MB (${MAX_RUNBOOK_BYTES} bytes).`,
    'Split it into one runbook for each system, or move pasted logs out of it.',
    { bytes, limit: MAX_RUNBOOK_BYTES },
  );
}

function notText(name: string, what: string, text: string, index: number): RollbookError {
  const line = text.slice(0, index).split('\n').length;
  return new RollbookError(
    'not-text',
    `${name} is not text: line ${line} has ${what}.`,
    'Choose the Markdown file itself, not an archive, image or document.',
    { line },
  );
}

/** MacRoman 0x80 to 0xFF as Unicode (unicode.org/Public/MAPPINGS/VENDORS/APPLE/ROMAN.TXT). */
const UPPER_HALF =
  'ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü' +
  '†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø' +
  '¿¡¬√ƒ≈∆«»…\u00A0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ' +
  '‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uF8FFÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ';

const BYTE_OF = new Map(Array.from(UPPER_HALF, (char, index) => [char, 0x80 + index] as const));
const CONTINUATION = `[${UPPER_HALF.slice(0, 0x40)}]`;

/**
 * Three and four bytes: general punctuation, arrows, dingbats (lead E2), the emoji selector and replacement character
 * (lead EF), emoji (lead F0 9F). No language uses these letters in this order.
 */
const SYMBOL = new RegExp(`‚${CONTINUATION}{2}|Ô∏è|Ôøº|ÔøΩ|\uF8FFü${CONTINUATION}{2}`, 'g');
/**
 * Two bytes (leads C2, C3: accented letters, no-break space). `√π` may be meant as written, so these are decoded only in a
 * file that has a damaged symbol.
 */
const LETTER = new RegExp(`[¬√]${CONTINUATION}`, 'g');

interface Repair {
  readonly text: string;
  /** Number of repaired symbols; 0: the text is unchanged. */
  readonly count: number;
}

/**
 * Repairs symbols of a text whose UTF-8 bytes were read as MacRoman and saved again, so that U+1F6A8 became four letters.
 * A symbol is decoded only if the letters give a valid UTF-8 sequence; other text is unchanged.
 */
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

/** Decodes a UTF-8 sequence of two to four bytes; null when it is overlong or out of range. */
function decodeSequence(bytes: readonly number[]): string | null {
  const [lead = 0, ...rest] = bytes;
  const size = rest.length + 1;
  let code = lead & (0xff >> (size + 1));
  for (const byte of rest) code = (code << 6) | (byte & 0x3f);
  const least = [0, 0, 0x80, 0x800, 0x10000][size] ?? Number.POSITIVE_INFINITY;
  return code < least || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? null : String.fromCodePoint(code);
}
