/** Converts Markdown to HTML for printing: no scripts, no external resources, and all text is escaped. */
import type { Code, Nodes, Parent, Table } from 'mdast';
import { readable, visibleCommand } from '../words/visible.ts';

/** Wraps the HTML of a code block. */
type AroundCode = (code: Code, block: string) => string;
/** Additional attributes of a heading, such as ' class="..."'. */
type HeadingAttributes = (line: number) => string;

export interface Paper {
  readonly aroundCode: AroundCode;
  readonly heading: HeadingAttributes;
}

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const inMarkup = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITY[sign] ?? sign);

/** Invisible and look-alike characters are shown as codes, because people type commands from paper. */
export const escaped = (text: string): string => inMarkup(readable(text, 'leave-out'));
export const escapedCommand = (text: string): string => inMarkup(visibleCommand(text));

export const htmlOf = (nodes: readonly Nodes[], paper: Paper): string => nodes.map((node) => one(node, paper)).join('');

const wrap = (tag: string, node: Parent, paper: Paper): string => `<${tag}>${htmlOf(node.children, paper)}</${tag}>`;

function one(node: Nodes, paper: Paper): string {
  switch (node.type) {
    case 'text':
      return escaped(node.value);
    case 'paragraph':
      return wrap('p', node, paper);
    case 'heading':
      return `<h${node.depth}${paper.heading(node.position?.start.line ?? 0)}>${htmlOf(node.children, paper)}</h${node.depth}>`;
    case 'strong':
      return wrap('strong', node, paper);
    case 'emphasis':
      return wrap('em', node, paper);
    case 'delete':
      return wrap('del', node, paper);
    case 'inlineCode':
    case 'html':
      return `<code>${escapedCommand(node.value)}</code>`;
    case 'code':
      return paper.aroundCode(node, `<pre><code>${escapedCommand(node.value)}</code></pre>`);
    case 'break':
      return '<br>';
    case 'thematicBreak':
    case 'yaml':
    case 'definition':
      return '';
    case 'blockquote':
      return wrap('blockquote', node, paper);
    case 'list':
      return node.ordered === true
        ? `<ol start="${node.start ?? 1}">${htmlOf(node.children, paper)}</ol>`
        : wrap('ul', node, paper);
    case 'listItem':
      return node.checked == null
        ? wrap('li', node, paper)
        : `<li class="task"><span class="box"></span><div>${htmlOf(node.children, paper)}</div></li>`;
    case 'table':
      return tableOf(node, paper);
    case 'link': {
      const words = htmlOf(node.children, paper);
      return words === escaped(node.url) ? words : `${words} (${escaped(node.url)})`;
    }
    case 'image':
    case 'imageReference':
      return `[image: ${escaped(node.alt ?? '')}]`;
    case 'footnoteReference':
      return `<sup>${escaped(node.identifier)}</sup>`;
    case 'footnoteDefinition':
      return `<div><sup>${escaped(node.identifier)}</sup> ${htmlOf(node.children, paper)}</div>`;
    case 'linkReference':
    case 'root':
    case 'tableRow':
    case 'tableCell':
      return htmlOf(node.children, paper);
  }
}

function tableOf(table: Table, paper: Paper): string {
  const row = (index: number, tag: 'th' | 'td'): string =>
    `<tr>${(table.children[index]?.children ?? []).map((cell) => wrap(tag, cell, paper)).join('')}</tr>`;
  const rows = table.children.map((_, index) => index).slice(1);
  const body = rows.map((index) => row(index, 'td')).join('');
  return `<table><thead>${row(0, 'th')}</thead><tbody>${body}</tbody></table>`;
}
