import type { ListItem, Node, Paragraph, RootContent } from 'mdast';

/** The text of a node without Markdown marks; raw HTML stays as written. */
export function plainText(node: Node): string {
  if (node.type === 'break') return '\n';
  if ('value' in node && typeof node.value === 'string') return node.value;
  if ('alt' in node && typeof node.alt === 'string') return node.alt;
  return 'children' in node ? (node.children as readonly Node[]).map(plainText).join('') : '';
}

/** The first line of a text, trimmed. */
export function firstLine(text: string): string {
  return (text.trim().split(/\r\n|\n|\r/)[0] ?? '').trim();
}

/** The title of a list item: its opening bold words, or else its first line. */
export function itemTitle(item: ListItem): string {
  const paragraph = item.children.find((child): child is Paragraph => child.type === 'paragraph');
  if (paragraph === undefined) return '';
  const [first] = paragraph.children;
  const bold = first?.type === 'strong' ? plainText(first) : '';
  return (bold === '' ? firstLine(plainText(paragraph)) : firstLine(bold)).replace(/(?<![\s:.])[\s:.]+$/, '');
}

/** The first paragraph of a list item, on one line. */
export function itemText(item: ListItem): string {
  const paragraph = item.children.find((child) => child.type === 'paragraph');
  return paragraph === undefined ? '' : plainText(paragraph).replace(/\s+/g, ' ').trim();
}

/** Calls `visit` for a node and all its descendants, in the order of the text. */
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  if ('children' in node) for (const child of node.children as RootContent[]) walk(child, visit);
}
