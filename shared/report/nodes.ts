/**
 * Builders for the Markdown tree. Every value from outside goes through one of them, so that none can break the
 * layout.
 */
import type { Code, Heading, List, ListItem, Paragraph, PhrasingContent, RootContent, Table } from 'mdast';
import { visible } from '../words/visible.ts';

/** The content of a table cell or list item: plain text, or prepared inline nodes. */
export type Inline = string | readonly PhrasingContent[];

/** Longer values are cut in tables and lists; the whole text is in appendix A or in the evidence. */
const CELL_LIMIT = 400;
const EXCERPT_LINE_LIMIT = 2_000;
const NOTHING = '–';

export const heading = (depth: Heading['depth'], text: string): Heading => ({
  type: 'heading',
  depth,
  children: [{ type: 'text', value: visible(text) || NOTHING }],
});

export const paragraph = (inline: Inline): Paragraph => ({ type: 'paragraph', children: phrasing(inline) });

/** `**Key**:` above a list. */
export const label = (key: string): Paragraph => ({
  type: 'paragraph',
  children: [
    { type: 'strong', children: [{ type: 'text', value: visible(key) || NOTHING }] },
    { type: 'text', value: ':' },
  ],
});

/** A `**Key**: value` line, as runbooks write their facts. */
export const keyLine = (key: string, value: Inline): Paragraph => ({
  type: 'paragraph',
  children: [
    { type: 'strong', children: [{ type: 'text', value: visible(key) || NOTHING }] },
    { type: 'text', value: ': ' },
    ...phrasing(value),
  ],
});

/** Paragraphs of a person's text: an empty line starts a new paragraph, other line ends are kept. */
export function prose(text: string): readonly Paragraph[] {
  const blocks = text.split(/(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)/).filter((block) => block.trim() !== '');
  return blocks.map((block) => {
    const lines = block
      .split(/\r\n|\r|\n/)
      .map((line) => visible(line))
      .filter((line) => line !== '');
    const children = lines.flatMap((value, index): PhrasingContent[] =>
      index === 0 ? [{ type: 'text', value }] : [{ type: 'break' }, { type: 'text', value }],
    );
    return { type: 'paragraph', children };
  });
}

export const list = (items: readonly Inline[]): List => listOf(items.map((item) => listItem(item, null)));

export const tasks = (items: readonly { readonly text: Inline; readonly done: boolean }[]): List =>
  listOf(items.map((item) => listItem(item.text, item.done)));

const listOf = (children: ListItem[]): List => ({ type: 'list', ordered: false, spread: false, children });

const listItem = (inline: Inline, checked: boolean | null): ListItem => ({
  type: 'listItem',
  checked,
  spread: false,
  children: [paragraph(inline)],
});

/** A table, or the sentence `whenEmpty` when it has no rows. */
export function table(head: readonly string[], rows: readonly (readonly Inline[])[], whenEmpty: string): RootContent {
  if (rows.length === 0) return paragraph(whenEmpty);
  return tableOf([head, ...rows]);
}

const tableOf = (rows: readonly (readonly Inline[])[]): Table => ({
  type: 'table',
  align: (rows[0] ?? []).map(() => null),
  children: rows.map((cells) => ({
    type: 'tableRow',
    children: cells.map((cell) => ({ type: 'tableCell', children: phrasing(cell) })),
  })),
});

/** A command or another literal as inline code. */
export function literal(text: string): readonly PhrasingContent[] {
  const value = visible(text);
  return [value === '' ? { type: 'text', value: NOTHING } : { type: 'inlineCode', value: cut(value, CELL_LIMIT) }];
}

/** A text for a table cell, cut when it is long. */
export const brief = (text: string): string => cut(visible(text), CELL_LIMIT);

/** A fenced block; the serializer makes the fence longer than any inside. */
export const fence = (lang: 'sh' | 'text' | 'diff' | 'mermaid', text: string): Code => ({
  type: 'code',
  lang,
  value: text
    .split(/\r\n|\r|\n/)
    .map((line) => cut(visible(line, 'keep-spaces'), EXCERPT_LINE_LIMIT))
    .join('\n'),
});

function phrasing(inline: Inline): PhrasingContent[] {
  if (typeof inline !== 'string') return [...inline];
  return [{ type: 'text', value: visible(inline) || NOTHING }];
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // Never split a surrogate pair.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
  return `${text.slice(0, end)}… (${text.length - end} more characters)`;
}
