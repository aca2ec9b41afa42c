import type { Node, Root, RootContent, Text } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

import { findCuts, type Stretch } from './cuts.ts';
import { mustFit } from './limits.ts';
import { Lines } from './place.ts';

/**
 * remark's cost grows with the square of the length (0.9 MB: 5 s), so a long text is parsed in pieces that are cut
 * where no Markdown construct can reach across, and the pieces' positions are moved to where they stand.
 */
const PIECE_LENGTH = 6_000;

const processor = unified().use(remarkParse).use(remarkGfm);

type Position = NonNullable<Node['position']>;

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly tree: Root;
  /** Front matter and stretches of plain text are not Markdown to be looked into. */
  readonly plain?: boolean;
}

/**
 * The text's tree, the same as remark would make of it in one go, but for stretches that are left as plain text
 * (cuts.ts).
 * @param name what an error calls the file.
 * @param frontMatterEnd where the front matter ends; it becomes one `yaml` node. 0 when there is none.
 * @param pieceLength for tests.
 * @throws RollbookError `too-large` for more elements than a runbook may have.
 */
export function parseMarkdown(source: string, name: string, frontMatterEnd = 0, pieceLength = PIECE_LENGTH): Root {
  const lines = new Lines(source);
  const front = frontMatterEnd === 0 ? [] : [frontMatterPiece(source, frontMatterEnd)];
  const pieces = resolveReferences(source, [...front, ...parsePieces(source, name, frontMatterEnd, pieceLength)]);
  const children = pieces.flatMap((piece) => {
    shift(piece.tree, piece.start, lines.lineOf(piece.start) - 1);
    return piece.tree.children;
  });
  return { type: 'root', children, position: spanOf(source) };
}

function parsePieces(source: string, name: string, from: number, pieceLength: number): Piece[] {
  const pieces: Piece[] = [];
  let elements = 0;
  const { safe, plain, cost } = findCuts(source, from);
  // Counted before it is parsed: what a table or a paragraph costs is known too late otherwise.
  mustFit('elements', cost.inner, name);
  mustFit('marks', cost.marks, name);
  let start = from;
  let length = pieceLength;
  do {
    const stretch = firstFrom(plain, start, (candidate) => candidate.start);
    if (stretch?.start === start && length === pieceLength) {
      pieces.push({ ...stretch, tree: plainTree(source, stretch), plain: true });
      start = stretch.end;
      continue;
    }
    const cut = firstFrom(safe, start + length, (offset) => offset) ?? source.length;
    const end = length === pieceLength ? Math.min(cut, stretch?.start ?? source.length) : cut;
    const tree = parsePiece(source.slice(start, end), end < source.length);
    if (tree === null) {
      // The cut fell into a fence or a block of HTML that the scan took for closed: try again with more text.
      length = Math.max(end - start, length) * 2;
      continue;
    }
    pieces.push({ start, end, tree });
    elements += countOf(tree);
    mustFit('elements', elements, name);
    start = end;
    length = pieceLength;
  } while (start < source.length);
  return pieces;
}

/** The first of a sorted list that lies at `from` or behind it. */
function firstFrom<T>(sorted: readonly T[], from: number, offsetOf: (item: T) => number): T | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = sorted[middle];
    if (item !== undefined && offsetOf(item) < from) low = middle + 1;
    else high = middle;
  }
  return sorted[low];
}

function plainTree(source: string, { start, end }: Stretch): Root {
  const value = source.slice(start, end).trimEnd();
  const text: Text = { type: 'text', value, position: spanOf(value) };
  return { type: 'root', children: [{ type: 'paragraph', children: [text], position: spanOf(value) }] };
}

function frontMatterPiece(source: string, end: number): Piece {
  const written = source.slice(0, end);
  const value = written
    .split(/\r\n|\n|\r/)
    .slice(1, -1)
    .join('\n');
  const tree: Root = { type: 'root', children: [{ type: 'yaml', value, position: spanOf(written) }] };
  return { start: 0, end, tree, plain: true };
}

function spanOf(text: string): Position {
  const lines = text.split(/\r\n|\n|\r/);
  return {
    start: { line: 1, column: 1, offset: 0 },
    end: { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, offset: text.length },
  };
}

/** Stands for what follows a cut; it is a heading of its own unless something before it was left open. */
const NEXT = '# next';

/** A piece's tree, or null when it ends inside a construct that goes on behind it. */
function parsePiece(text: string, goesOn: boolean): Root | null {
  if (!goesOn) return processor.parse(text);
  const tree = processor.parse(text + NEXT);
  const last = tree.children.pop();
  return last?.type === 'heading' && last.position?.start.offset === text.length ? tree : null;
}

/** A link or footnote defined in another piece is text until its definition is known: such pieces are parsed again. */
function resolveReferences(source: string, pieces: readonly Piece[]): readonly Piece[] {
  if (pieces.length < 2) return pieces;
  const definitions = new Map<string, string>();
  const definedIn = pieces.map((piece) => {
    const own = new Set<string>();
    walk(piece.tree, (node) => {
      if (node.type !== 'definition' && node.type !== 'footnoteDefinition') return;
      const { identifier } = node as Node & { readonly identifier: string };
      const key = node.type === 'definition' ? identifier : `^${identifier}`;
      own.add(key);
      if (!definitions.has(key))
        definitions.set(key, node.type === 'definition' ? `[${identifier}]: x` : `[^${identifier}]: x`);
    });
    return own;
  });
  if (definitions.size === 0) return pieces;
  return pieces.map((piece, index) => {
    if (piece.plain === true) return piece;
    const text = source.slice(piece.start, piece.end);
    const labels = new Set([...text.matchAll(/\[([^[\]]+)\]/g)].map((match) => normalise(match[1] ?? '')));
    const missing = [...labels].filter((label) => definitions.has(label) && !definedIn[index]?.has(label));
    if (missing.length === 0) return piece;
    // Put before the piece, for a fence at its end may be open; the comment ends the last footnote.
    const prefix = `${missing.map((label) => definitions.get(label)).join('\n\n')}\n\n<!---->\n\n`;
    const tree = parsePiece(prefix + text, piece.end < source.length) ?? processor.parse(prefix + text);
    tree.children = tree.children.filter((child) => (child.position?.start.offset ?? 0) >= prefix.length);
    shift(tree, -prefix.length, 1 - prefix.split('\n').length);
    return { ...piece, tree };
  });
}

/** As micromark's normalizeIdentifier, then lower case as mdast keeps it. */
function normalise(label: string): string {
  return label
    .replace(/[\t\n\r ]+/g, ' ')
    .trim()
    .toLowerCase()
    .toUpperCase()
    .toLowerCase();
}

function shift(node: Node, offset: number, line: number): void {
  walk(node, ({ position }) => {
    for (const point of position === undefined ? [] : [position.start, position.end]) {
      point.line += line;
      if (point.offset !== undefined) point.offset += offset;
    }
  });
}

function countOf(tree: Root): number {
  let count = 0;
  walk(tree, () => (count += 1));
  return count;
}

/** Calls `visit` for a node and all below it, in the order of the text. */
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  if ('children' in node) for (const child of node.children as RootContent[]) walk(child, visit);
}
