import type { Node, Root, Text } from 'mdast';
import { type Cost, findCuts, type Stretch, sum } from './cuts.ts';
import { mustFit } from '../../limits.ts';
import { type ParsedPiece, PieceParser } from './piece-parser.ts';
import { Lines } from '../../place.ts';
import { walk } from '../nodes.ts';

/**
 * Length of a piece, in characters. The cost of remark grows with the square of the length (0.9 MB: 5 s), so a long text is
 * parsed in pieces. They are cut where no Markdown construct can continue, and their positions are shifted afterwards.
 */
const PIECE_LENGTH = 6_000;

type Position = NonNullable<Node['position']>;

interface Piece extends ParsedPiece {
  readonly start: number;
  readonly end: number;
  /** False for front matter and plain text. */
  readonly markdown: boolean;
}

export interface Markdown {
  readonly tree: Root;
  /** Offsets of the passages that are kept as plain text. */
  readonly plain: readonly number[];
}

/**
 * Parses a text to the same tree as remark, except for passages that are kept as plain text (cuts.ts, parser-bounds.ts).
 * @param name of the file, for error messages.
 * @param frontMatterEnd offset after the front matter, which becomes one `yaml` node; 0 without front matter.
 * @param pieceLength for tests.
 * @throws RollbookError `too-large`.
 */
export function parseMarkdown(source: string, name: string, frontMatterEnd = 0, pieceLength = PIECE_LENGTH): Markdown {
  const lines = new Lines(source);
  const front = frontMatterEnd === 0 ? [] : [frontMatterPiece(source, frontMatterEnd)];
  const newParser = (): PieceParser => new PieceParser(name, lines);
  const pieces = [...front, ...parsePieces(source, name, frontMatterEnd, pieceLength, newParser())];
  const children = resolveReferences(source, pieces, newParser).flatMap((piece) => {
    shift(piece.tree, piece.start, lines.lineOf(piece.start) - 1);
    return piece.tree.children;
  });
  const plain = pieces.flatMap((piece) => piece.plain);
  return { tree: { type: 'root', children, position: spanOf(source) }, plain };
}

function parsePieces(source: string, name: string, from: number, pieceLength: number, parser: PieceParser): Piece[] {
  const pieces: Piece[] = [];
  let elements = 0;
  const { safe, plain, cost } = findCuts(source, from);
  // Counted before parsing, which may already cost too much.
  let spent = mustBeWithin(cost, name);
  let start = from;
  let length = pieceLength;
  do {
    const stretch = firstFrom(plain, start, (candidate) => candidate.start);
    if (stretch?.start === start && length === pieceLength) {
      pieces.push({ ...stretch, tree: plainTree(source, stretch), markdown: false, plain: [start] });
      start = stretch.end;
      continue;
    }
    const cut = firstFrom(safe, start + length, (offset) => offset) ?? source.length;
    const end = length === pieceLength ? Math.min(cut, stretch?.start ?? source.length) : cut;
    if (stretch !== undefined && stretch.start < end) spent = mustBeWithin(sum(spent, stretch.cost), name);
    const piece = parser.parse(source.slice(start, end), start, end < source.length);
    if (piece === null) {
      // The cut was inside a fence or a block of HTML: try again with more text.
      length = Math.max(end - start, length) * 2;
      continue;
    }
    parser.keep();
    pieces.push({ start, end, markdown: true, ...piece });
    elements += countOf(piece.tree);
    mustFit('elements', elements, name);
    start = end;
    length = pieceLength;
  } while (start < source.length);
  return pieces;
}

function mustBeWithin(cost: Cost, name: string): Cost {
  mustFit('elements', cost.elements, name);
  mustFit('marks', cost.marks, name);
  return cost;
}

/** The first item of a sorted list at or after `from`. */
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
  return { start: 0, end, tree, markdown: false, plain: [] };
}

function spanOf(text: string): Position {
  const lines = text.split(/\r\n|\n|\r/);
  return {
    start: { line: 1, column: 1, offset: 0 },
    end: { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, offset: text.length },
  };
}

/** Pieces with links or footnotes that are defined in another piece are parsed again, together with the definitions. */
function resolveReferences(source: string, pieces: readonly Piece[], newParser: () => PieceParser): readonly Piece[] {
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
  const parser = newParser();
  return pieces.map((piece, index) => {
    if (!piece.markdown) return piece;
    const text = source.slice(piece.start, piece.end);
    const labels = new Set([...text.matchAll(/\[([^[\]]+)\]/g)].map((match) => normalise(match[1] ?? '')));
    const missing = [...labels].filter((label) => definitions.has(label) && !definedIn[index]?.has(label));
    if (missing.length === 0) return piece;
    // Before the piece, because a fence at its end may be open. The comment ends the last footnote.
    const prefix = `${missing.map((label) => definitions.get(label)).join('\n\n')}\n\n<!---->\n\n`;
    const start = piece.start - prefix.length;
    const again = (goesOn: boolean): ParsedPiece | null => parser.parse(prefix + text, start, goesOn);
    const { tree } = again(piece.end < source.length) ?? again(false) ?? piece;
    tree.children = tree.children.filter((child) => (child.position?.start.offset ?? 0) >= prefix.length);
    shift(tree, -prefix.length, 1 - prefix.split('\n').length);
    return { ...piece, tree };
  });
}

/** Like normalizeIdentifier of micromark, then lowercase as in mdast. */
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
