import type { Code } from 'mdast';
import { isKnownTool } from '../../effects/effect.ts';
import { type Hints, readHints } from './hints.ts';

/** A code block: its text, its hints, and the position of each character in the source. */
export interface Fence {
  /** Lower-case language, '' when none. */
  readonly language: string;
  readonly hints: Hints;
  /** Without the fence's indentation; lines end with LF. */
  readonly text: string;
  readonly role: 'commands' | 'text' | 'other';
  /** True when it has no language and its first word is a known command. */
  readonly guessed: boolean;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** Converts an offset in `text` to an offset in the source. */
  readonly at: (offset: number) => number;
}

const SHELLS = new Set(['bash', 'sh', 'shell', 'zsh']);
const SESSIONS = new Set(['console', 'shell-session', 'shellsession', 'terminal']);
const TEXTS = new Set(['', 'text', 'txt', 'plain', 'plaintext', 'message']);

export function readFence(node: Code, source: string): Fence {
  const start = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? start;
  const language = (node.lang ?? '').toLowerCase();
  const hints = readHints(`${language === 'message' ? 'message ' : ''}${metaOf(node, source.slice(start, end))}`);
  const text = node.value.split(/\r\n|\n|\r/).join('\n');
  const guessed = language === '' && !hints.message && looksLikeCommands(text);
  const session = SESSIONS.has(language) || (/^\$ /m.test(text) && (SHELLS.has(language) || guessed));
  const commands = !hints.example && !hints.message && (SHELLS.has(language) || session || guessed);
  return {
    language,
    hints,
    text: commands && session ? onlyTyped(text) : text,
    role: commands ? 'commands' : TEXTS.has(language) ? 'text' : 'other',
    guessed,
    start,
    end,
    line: node.position?.start.line ?? 1,
    at: offsets(text, source.slice(start, end), start),
  };
}

/** The info string as written: Markdown would remove the backslash of `\.`, and hints may be patterns. */
function metaOf(node: Code, block: string): string {
  return /^(?:`{3,}|~{3,})[^\S\r\n]*\S+([^\r\n]*)/.exec(block)?.[1] ?? node.meta ?? '';
}

function looksLikeCommands(text: string): boolean {
  const first = text.split('\n').find((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  return first !== undefined && (/^\$ \S/.test(first) || isKnownTool(/^[\w-]+(?=\s)/.exec(first)?.[0] ?? ''));
}

/** In a recorded session, only lines after a `$` are commands; the rest is replaced by spaces, so that offsets stay valid. */
function onlyTyped(text: string): string {
  let typed = false;
  return text
    .split('\n')
    .map((line) => {
      const continued = typed;
      const prompt = /^\s*\$ /.exec(line)?.[0] ?? '';
      typed = (prompt !== '' || continued) && line.endsWith('\\');
      if (prompt !== '') return ' '.repeat(prompt.length) + line.slice(prompt.length);
      return continued ? line.replace(/^> /, '  ') : ' '.repeat(line.length);
    })
    .join('\n');
}

/** A fence in a list or quote is indented in the source: each of its lines is the end of a source line. */
function offsets(text: string, block: string, start: number): (offset: number) => number {
  const lines = text.split('\n');
  const sources = [...block.matchAll(/([^\r\n]*)(?:\r\n|\n|\r|$)/g)];
  const skipped = /^(?:`{3}|~{3})/.test(block) ? 1 : 0;
  let reached = 0;
  const starts = lines.map((line, index) => {
    const origin = sources[index + skipped];
    const written = origin?.[1] ?? '';
    // A tab that is partly indentation becomes spaces that the source does not have: count from the first word.
    const whole = written.endsWith(line);
    const lead = whole ? 0 : line.length - line.trimStart().length;
    const column = whole ? written.length - line.length : Math.max(0, written.indexOf(line.trimStart()));
    const mapped = { from: reached, lead, to: start + (origin?.index ?? block.length) + column };
    reached += line.length + 1;
    return mapped;
  });
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle]?.from ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const line = starts[low] ?? { from: 0, lead: 0, to: start };
    return Math.min(line.to + Math.max(0, offset - line.from - line.lead), start + block.length);
  };
}
