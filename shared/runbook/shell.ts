/** Shell text as a tree. */
import { forEachChild, parse, type SyntaxNode } from 'unbash';
import { LONGEST_SCRIPT } from './limits.ts';

export type ShellTree = ReturnType<typeof parse>;

/** Never throws: what is not read comes back as a text with an error. */
export function parseShell(text: string): ShellTree {
  const read = readShell(text);
  return typeof read === 'string' ? { ...parse(''), errors: [{ message: read, pos: 0 }] } : read;
}

/** The tree, or why there is none, as a predicate: `is nested too deeply`. What cannot be read, nothing can be told of. */
export function readShell(text: string): ShellTree | string {
  if (text.length > LONGEST_SCRIPT) return `has ${text.length} characters, and ${LONGEST_SCRIPT} are read`;
  // Before it is parsed: for each bracket that is never closed, the parser reads all of the rest.
  if (opensTooMuch(text)) return TOO_DEEP;
  try {
    const tree = parse(text);
    // It reads what stands inside of words only when that is asked for.
    mustBeShallow(tree, 0);
    return tree;
  } catch {
    // Parsing recurses.
    return TOO_DEEP;
  }
}

/**
 * Nodes one in the other. A substitution is three or four of them, and the parser reads its text again for each that
 * stands around it.
 */
const DEEPEST = 120;

const TOO_DEEP = 'is nested too deeply';

function opensTooMuch(text: string): boolean {
  let open = 0;
  for (const char of text.matchAll(/[(){}]/g)) {
    open = char[0] === '(' || char[0] === '{' ? open + 1 : Math.max(0, open - 1);
    if (open > DEEPEST) return true;
  }
  return false;
}

function mustBeShallow(node: SyntaxNode, depth: number): void {
  if (depth > DEEPEST) throw new RangeError('too deep');
  forEachChild(node, (child) => mustBeShallow(child, depth + 1));
}
