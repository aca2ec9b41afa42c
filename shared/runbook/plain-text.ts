import type { ListItem, Node, Paragraph } from 'mdast';

/** What a reader sees of a node, marks left out; raw HTML stays as it is written. */
export function plainText(node: Node): string {
  if (node.type === 'break') return '\n';
  if ('value' in node && typeof node.value === 'string') return node.value;
  if ('alt' in node && typeof node.alt === 'string') return node.alt;
  return 'children' in node ? (node.children as readonly Node[]).map(plainText).join('') : '';
}

/** The first line of a text as one line. */
export function firstLine(text: string): string {
  return (text.trim().split(/\r\n|\n|\r/)[0] ?? '').trim();
}

/** What a list item is called: its opening bold words, else its first line. */
export function itemTitle(item: ListItem): string {
  const paragraph = item.children.find((child): child is Paragraph => child.type === 'paragraph');
  if (paragraph === undefined) return '';
  const [first] = paragraph.children;
  const bold = first?.type === 'strong' ? plainText(first) : '';
  return (bold === '' ? firstLine(plainText(paragraph)) : firstLine(bold)).replace(/(?<![\s:.])[\s:.]+$/, '');
}

/** All that stands in an item's first paragraph, on one line. */
export function itemText(item: ListItem): string {
  const paragraph = item.children.find((child) => child.type === 'paragraph');
  return paragraph === undefined ? '' : plainText(paragraph).replace(/\s+/g, ' ').trim();
}
