import type { Heading, Node, Root, RootContent } from 'mdast';
import { plainText } from './plain-text.ts';
import { factsIn } from './facts.ts';
import type { Block, Section } from './model.ts';
import type { Lines } from './place.ts';
import { slug, UniqueIds } from './slug.ts';

/** A section with what stands directly under its heading, and where its subsections end. */
export interface OutlineEntry {
  readonly section: Section;
  readonly heading: Heading | null;
  /** Up to the next heading of any level. */
  readonly nodes: readonly RootContent[];
  /** Index behind the last subsection. */
  readonly until: number;
}

/** The document as a flat list of sections in order; text before the first heading is a section of level 0. */
export function outline(tree: Root, source: string, lines: Lines): readonly OutlineEntry[] {
  const parts: { heading: Heading | null; nodes: RootContent[] }[] = [{ heading: null, nodes: [] }];
  for (const node of tree.children) {
    if (node.type === 'heading') parts.push({ heading: node, nodes: [] });
    else if (node.type !== 'yaml') parts.at(-1)?.nodes.push(node);
  }
  if (parts[0]?.nodes.length === 0) parts.shift();
  const levels = parts.map(({ heading }) => heading?.depth ?? 0);
  const ends = endsOf(levels);
  const ids = new UniqueIds();
  const path: string[] = [];
  return parts.map(({ heading, nodes }, index) => {
    const level = levels[index] ?? 0;
    const title = heading === null ? '' : plainText(heading);
    const until = level === 0 ? index + 1 : (ends[index] ?? parts.length);
    const own = slug(title, heading === null ? 'preamble' : 'untitled');
    path.length = Math.max(0, level - 1);
    const parent = path.filter(Boolean).at(-1);
    path[Math.max(0, level - 1)] = own;
    const id = parent === undefined ? ids.take(own) : ids.take(own, `${parent}-${own}`);
    const place = lines.place(
      offsetOf(heading ?? nodes[0]),
      parts[until] === undefined ? source.length : offsetOf(parts[until].heading ?? undefined),
    );
    return { section: { ...place, level, id, title, facts: factsIn(nodes, lines) }, heading, nodes, until };
  });
}

/** For each level, the index of the next one that is as high or higher. */
function endsOf(levels: readonly number[]): readonly number[] {
  const ends = levels.map(() => levels.length);
  const open: number[] = [];
  levels.forEach((level, index) => {
    while (open.length > 0 && (levels[open.at(-1) ?? 0] ?? 0) >= level) ends[open.pop() ?? 0] = index;
    open.push(index);
  });
  return ends;
}

function offsetOf(node: Node | undefined): number {
  return node?.position?.start.offset ?? 0;
}

const BLOCK_KINDS: Readonly<Partial<Record<RootContent['type'], Block['kind']>>> = {
  yaml: 'front-matter',
  heading: 'heading',
  paragraph: 'paragraph',
  list: 'list',
  code: 'code',
  table: 'table',
  blockquote: 'quote',
  thematicBreak: 'rule',
  html: 'html',
};

/** The whole text as contiguous blocks, what stands between constructs included. */
export function blocksOf(tree: Root, source: string, lines: Lines): readonly Block[] {
  const blocks: Block[] = [];
  let reached = 0;
  const fill = (until: number): void => {
    if (until <= reached) return;
    const kind = source.slice(reached, until).trim() === '' ? 'space' : 'other';
    blocks.push({ kind, ...lines.place(reached, until) });
    reached = until;
  };
  for (const node of tree.children) {
    const end = node.position?.end.offset ?? reached;
    fill(offsetOf(node));
    if (end <= reached) continue;
    blocks.push({ kind: BLOCK_KINDS[node.type] ?? 'other', ...lines.place(reached, end) });
    reached = end;
  }
  fill(source.length);
  return blocks;
}
