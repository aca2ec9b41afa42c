/** The code fences of a runbook, and hints written after their language. */
import type { Root } from 'mdast';
import { withHtmlCode } from '../parser/html-code.ts';
import { walk } from '../parser/nodes.ts';
import { Lines } from '../place.ts';

export interface CodeFence {
  /** Its first line, from 1. */
  readonly line: number;
  /** Offsets in the repaired text. */
  readonly start: number;
  readonly end: number;
}

export interface EffectHint {
  /** The first line of the fence, from 1. */
  readonly line: number;
  readonly effect: 'read' | 'change';
}

/** Without indented code and `<pre>`, which have no place for a hint. */
export function fencesOf(tree: Root, source: string): readonly CodeFence[] {
  const lines = new Lines(source);
  const found: CodeFence[] = [];
  walk(withHtmlCode(tree, source, lines), (node) => {
    const start = node.position?.start.offset;
    const end = node.position?.end.offset;
    if (node.type !== 'code' || start === undefined || end === undefined) return;
    if (/^(?:`{3}|~{3})/.test(source.slice(start, start + 3))) found.push({ line: lines.lineOf(start), start, end });
  });
  return found;
}

/** The text with the hints at the end of those lines; a fence without a language is marked as bash. */
export function withHints(text: string, hints: readonly EffectHint[]): string {
  if (hints.length === 0) return text;
  const effects = new Map(hints.map(({ line, effect }) => [line, effect]));
  // Lines and their ends in turn.
  return text
    .split(/(\r\n|\n|\r)/)
    .map((part, index) => {
      const effect = index % 2 === 0 ? effects.get(index / 2 + 1) : undefined;
      return effect === undefined ? part : hinted(part, effect);
    })
    .join('');
}

function hinted(line: string, effect: EffectHint['effect']): string {
  const hint = `effect=${effect}`;
  if (/\seffect=unknown(?=\s|$)/.test(line)) return line.replace(/(?<=\s)effect=unknown(?=\s|$)/, hint);
  const [written, spaces = ''] = [line.trimEnd(), /\s*$/.exec(line)?.[0]];
  return `${written}${/[`~]$/.test(written) ? 'bash' : ''} ${hint}${spaces}`;
}
