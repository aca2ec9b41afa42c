import { RollbookError } from '../contract/result.ts';
import { mustFit } from './limits.ts';

/** The largest runbook that is taken, in bytes; past this it is a log or a dump, not something to read at 03:12. */
export const MAX_RUNBOOK_BYTES = 1024 * 1024;

// Present in Node and in every browser; shared/ is compiled without either's types.
declare const TextDecoder: new (
  label: string,
  options: { readonly fatal: boolean },
) => { decode(bytes: Uint8Array): string };
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

/** Tab, line feed, form feed, carriage return, and the escape that starts the colours of pasted output. */
const ALLOWED_CONTROLS: readonly number[] = [9, 10, 12, 13, 27];

/**
 * The file's bytes as text, a byte order mark left out.
 * @throws RollbookError `too-large` (with the size in details.bytes) or `not-text` (with details.line where known).
 */
export function decodeRunbook(raw: Uint8Array | string, name: string): string {
  const bytes = typeof raw === 'string' ? new TextEncoder().encode(raw) : raw;
  if (bytes.length > MAX_RUNBOOK_BYTES) throw tooLarge(name, bytes.length);
  const text = typeof raw === 'string' ? raw : decodeUtf8(bytes, name);
  const unmarked = text.startsWith('\uFEFF') ? text.slice(1) : text;
  mustFit('lines', linesOf(unmarked), name);
  const binary = firstControl(unmarked);
  if (binary >= 0) throw notText(name, `a control character (code ${unmarked.charCodeAt(binary)})`, unmarked, binary);
  return unmarked;
}

/** The bytes a runbook's trust is decided on: as they are on disk, or UTF-8 when it came as text. */
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
