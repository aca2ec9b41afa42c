/** Parses shell text into a syntax tree. */
import { forEachChild, parse, type SyntaxNode } from 'unbash';
import { LONGEST_SCRIPT } from './limits.ts';

export type ShellTree = ReturnType<typeof parse>;

/** Never throws: text that cannot be parsed gives an empty tree with an error. */
export function parseShell(text: string): ShellTree {
  const read = readShell(text);
  return typeof read === 'string' ? { ...parse(''), errors: [{ message: read, pos: 0 }] } : read;
}

/** The tree, or why there is none, as a predicate: `is nested too deeply`. */
export function readShell(text: string): ShellTree | string {
  if (text.length > LONGEST_SCRIPT) return `has ${text.length} characters, more than ${LONGEST_SCRIPT}`;
  // Checked before parsing: for each unclosed bracket, the parser reads all of the rest.
  if (opensTooMuch(text)) return TOO_DEEP;
  try {
    const tree = parse(text);
    // Words are parsed when their parts are first visited, which may recurse too deeply.
    mustBeShallow(tree, 0);
    return tree;
  } catch {
    // The recursive parser ran out of stack.
    return TOO_DEEP;
  }
}

/** Levels of nodes. A substitution is three or four levels, and the parser reads its text again for each level around it. */
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

/** Calls `see` for a node and everything below it, in the order written. */
export function visit(node: SyntaxNode, see: (node: SyntaxNode) => void): void {
  see(node);
  forEachChild(node, (child) => visit(child, see));
}
