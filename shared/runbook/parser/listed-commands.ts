/** Commands that people write as list items, without a code block: "2. Roll back:" and below it "- `kubectl rollout undo ...`". */
import type { InlineCode, ListItem, Node } from 'mdast';
import { isKnownTool } from '../../effects/effect.ts';
import type { Fence } from './fence.ts';
import { readHints } from './hints.ts';
import { plainText } from './nodes.ts';

/** What is listed below such words is not to be run. */
const WARNS = /\b(?:never|do not|don['’]t|must not|avoid|instead of|forbidden)\b/i;

/** The items that are nothing but a command with a known program, in the order of the text. */
export function listedCommands(roots: readonly Node[]): readonly InlineCode[] {
  const found: InlineCode[] = [];
  const descend = (siblings: readonly Node[]): void => {
    for (const [index, node] of siblings.entries()) {
      const before = siblings[index - 1];
      if (node.type === 'list' && before !== undefined && WARNS.test(plainText(before))) continue;
      const own = node.type === 'listItem' ? commandIn(node as ListItem) : null;
      if (own !== null) found.push(own);
      if ('children' in node) descend(node.children as readonly Node[]);
    }
  };
  descend(roots);
  return found;
}

/** A box to tick is a question: its command stays a part of it. */
function commandIn({ checked, children }: ListItem): InlineCode | null {
  const [paragraph, ...more] = children;
  if (checked != null || more.length > 0 || paragraph?.type !== 'paragraph') return null;
  const [code, ...others] = paragraph.children;
  if (code?.type !== 'inlineCode' || others.length > 0) return null;
  const [program = '', next] = code.value.trim().split(/\s+/);
  return next !== undefined && isKnownTool(program) ? code : null;
}

/** Such an item as a code block of commands. */
export function fenceOfListed(node: InlineCode, source: string): Fence {
  const start = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? start;
  const from = Math.max(start, source.indexOf(node.value, start));
  return {
    language: 'bash',
    hints: readHints(''),
    text: node.value,
    role: 'commands',
    guessed: false,
    notRun: null,
    printed: false,
    start,
    end,
    line: node.position?.start.line ?? 1,
    at: (offset) => Math.min(from + offset, end),
  };
}
