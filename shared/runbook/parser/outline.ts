import type { Heading, Node, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import { plainText } from './nodes.ts';
import type { Block, Fact, Section } from '../model.ts';
import type { Lines } from '../place.ts';
import { slug, UniqueIds } from './slug.ts';

/** A section, the content directly under its heading, and the end of its subsections. */
export interface OutlineEntry {
  readonly section: Section;
  readonly heading: Heading | null;
  /** The content up to the next heading of any level. */
  readonly nodes: readonly RootContent[];
  /** Index after its last subsection. */
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

/** For each heading, the index of the next one of the same or a higher level. */
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

/** The whole text as contiguous blocks, including the space between constructs. */
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

/** Lines of the form `**Key**: value` (or `**Key:** value`) in paragraphs, quotes and bullets, but not in checkboxes. */
function factsIn(nodes: readonly RootContent[], lines: Lines): readonly Fact[] {
  return nodes.flatMap((node): readonly Fact[] => {
    switch (node.type) {
      case 'paragraph':
        return linesOf(node).flatMap((line) => factOf(line, lines) ?? []);
      case 'blockquote':
        return factsIn(node.children, lines);
      case 'list':
        return node.ordered === true
          ? []
          : node.children.filter((item) => item.checked == null).flatMap((item) => factsIn(item.children, lines));
      default:
        return [];
    }
  });
}

interface Run {
  readonly text: string;
  readonly bold: boolean;
  readonly start: number;
  readonly end: number;
}

/** The pieces of text of a paragraph, by line. */
function linesOf(paragraph: Paragraph): readonly (readonly Run[])[] {
  const lines: Run[][] = [[]];
  for (const child of paragraph.children) {
    if (child.type === 'break') lines.push([]);
    else if (child.type !== 'text') lines.at(-1)?.push(runOf(child, plainText(child), child.type === 'strong'));
    else {
      child.value.split(/\r\n|\n|\r/).forEach((text, index) => {
        if (index > 0) lines.push([]);
        if (text !== '') lines.at(-1)?.push(runOf(child, text, false));
      });
    }
  }
  return lines;
}

function runOf(node: PhrasingContent, text: string, bold: boolean): Run {
  return { text, bold, start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}

function factOf(runs: readonly Run[], lines: Lines): Fact | null {
  const [key, ...rest] = runs;
  if (key?.bold !== true) return null;
  const after = rest.map((run) => run.text).join('');
  const name = key.text.trimEnd();
  if (!name.endsWith(':') && !/^\s*:/.test(after)) return null;
  const start = key.start;
  // A text node may have several lines; a fact ends with its line.
  const lineEnd = lines.startOf(lines.lineOf(start) + 1);
  const end = Math.min(Math.max(...runs.map((run) => run.end)), lineEnd);
  return {
    key: name.replace(/:$/, '').trim(),
    value: after.replace(/^\s*:/, '').trim(),
    ...lines.place(start, Math.max(start, end)),
  };
}
