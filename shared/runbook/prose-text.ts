/** The runbook's own text as plain text, for a terminal: lists, code and quotes keep their shape, links their address. */
import type { List, Nodes, Parent, Table } from 'mdast';
import type { Prose } from './parser/prose.ts';

/** Without a line end at the end; '' without text. */
export const proseText = (prose: Prose | undefined): string => (prose ?? []).map(block).filter(Boolean).join('\n\n');

function block(node: Nodes): string {
  switch (node.type) {
    case 'list':
      return items(node);
    case 'code':
      return indented(node.value, '    ');
    case 'blockquote':
      return indented(blocks(node, '\n\n'), '> ');
    case 'table':
      return rows(node);
    default:
      return inline(node);
  }
}

const blocks = (parent: Parent, between: string): string => parent.children.map(block).filter(Boolean).join(between);

function items({ children, ordered, start }: List): string {
  return children
    .map((item, index) => {
      const mark = ordered === true ? `${(start ?? 1) + index}. ` : '- ';
      const [first = '', ...rest] = blocks(item, '\n').split('\n');
      return [`${mark}${first}`, ...rest.map((line) => `${' '.repeat(mark.length)}${line}`)].join('\n');
    })
    .join('\n');
}

const rows = ({ children }: Table): string =>
  children.map(({ children: cells }) => cells.map(inline).join(' | ')).join('\n');

/** Each line behind `by`; blank lines stay blank. */
export const indented = (text: string, by: string): string =>
  text
    .split('\n')
    .map((line) => `${by}${line}`.trimEnd())
    .join('\n');

function inline(node: Nodes): string {
  if (node.type === 'break') return '\n';
  if (node.type === 'inlineCode') return `\`${node.value}\``;
  if (node.type === 'link') {
    const text = node.children.map(inline).join('');
    return text === node.url ? text : `${text} (${node.url})`;
  }
  if ('value' in node) return node.value;
  if ('alt' in node) return node.alt ?? '';
  return 'children' in node ? (node.children as readonly Nodes[]).map(inline).join('') : '';
}
