/**
 * The runbook's own text around a step, a check or a follow-up: everything written there that is not its title, a command, a
 * message or a check, because those are shown by themselves. Markdown nodes without positions, so that they can be stored.
 */
import type { Node, Paragraph, PhrasingContent, RootContent } from 'mdast';
import { plainText } from './nodes.ts';

export type Prose = readonly RootContent[];

/**
 * `title`: of a numbered item, whose first paragraph begins with it; '' for one that has a heading. `shownElsewhere`: nodes
 * that are left out. The answer is ready to be spread into the model: nothing where there is no text.
 */
export function proseOf(
  nodes: readonly Node[],
  title: string,
  shownElsewhere: (node: Node) => boolean,
): { readonly prose?: Prose } {
  // The first paragraph has the title, also when a block of code stands before it.
  const titled = title === '' ? undefined : nodes.find(({ type }) => type === 'paragraph');
  const kept = nodes.flatMap((node) => {
    const own = node === titled ? withoutTitle(node as Paragraph, title) : node;
    return own === null ? [] : copy(own, shownElsewhere);
  });
  return kept.length === 0 ? {} : { prose: kept as RootContent[] };
}

/** Comments are for the author; a container whose content is all shown elsewhere goes with it. */
function copy(node: Node, shownElsewhere: (node: Node) => boolean): readonly Node[] {
  if (shownElsewhere(node) || node.type === 'thematicBreak') return [];
  if (node.type === 'html' && /^\s*<!--/.test((node as { readonly value?: string }).value ?? '')) return [];
  const { position: _, data: __, ...rest } = node;
  if (!('children' in node)) return [rest];
  const children = (node.children as readonly Node[]).flatMap((child) => copy(child, shownElsewhere));
  if (children.length === 0 && CONTAINERS.has(node.type)) return [];
  return [{ ...rest, children } as Node];
}

const CONTAINERS: ReadonlySet<string> = new Set(['paragraph', 'list', 'listItem', 'blockquote']);

/** The paragraph behind the title: bold words, or its first line, which stays if it holds a link. Null: nothing is left. */
function withoutTitle(paragraph: Paragraph, title: string): Paragraph | null {
  const [first, ...others] = paragraph.children;
  if (first === undefined) return null;
  const bold = first.type === 'strong' && plainText(first).startsWith(title);
  const children = bold ? withoutJoiner(others) : afterFirstLine(paragraph.children);
  return children.length === 0 ? null : { ...paragraph, children };
}

/** Without the colon, dash or line end that joins the text to its title. What belongs to the text stays: `--now`, `.5`. */
function withoutJoiner(children: readonly PhrasingContent[]): PhrasingContent[] {
  const [first, ...rest] = children;
  if (first === undefined) return [];
  if (first.type === 'break') return withoutJoiner(rest);
  if (first.type !== 'text') return [...children];
  const value = first.value.replace(/^\s*(?:[:.–—-](?=\s|$))?\s*/, '');
  return value === '' ? withoutJoiner(rest) : [{ ...first, value }, ...rest];
}

function afterFirstLine(children: readonly PhrasingContent[]): PhrasingContent[] {
  if (firstLineHasLink(children)) return [...children];
  const end = children.findIndex(
    (child) => child.type === 'break' || (child.type === 'text' && /[\r\n]/.test(child.value)),
  );
  const child = children[end];
  if (child === undefined) return [];
  const rest = children.slice(end + 1);
  if (child.type !== 'text') return rest;
  const value = child.value.slice(child.value.search(/[\r\n]/)).trimStart();
  return value === '' ? rest : [{ ...child, value }, ...rest];
}

function firstLineHasLink(children: readonly PhrasingContent[]): boolean {
  const end = children.findIndex(
    ({ type, ...rest }) => type === 'break' || ('value' in rest && /[\r\n]/.test(rest.value)),
  );
  return children.slice(0, end < 0 ? undefined : end).some(({ type }) => type === 'link' || type === 'linkReference');
}
