/**
 * The report to paste into Confluence or Slack: rich text, and plain text for editors that take no other. Neither shows a
 * picture or a task list that is pasted; Slack has no headings and no tables either.
 */
import type { ListItem, Paragraph, PhrasingContent, RootContent, Table } from 'mdast';
import { htmlOf } from './html-of.ts';
import { mrkdwn } from './mrkdwn.ts';

export type PasteInto = 'confluence' | 'slack';

export interface Paste {
  readonly html: string;
  readonly text: string;
}

export function pasteInto(into: PasteInto, nodes: readonly RootContent[]): Paste {
  const ticked = nodes.map(withTicks);
  const rich = into === 'slack' ? ticked.flatMap(forSlack) : ticked;
  return { html: htmlOf(rich), text: mrkdwn(ticked.flatMap(forSlack)) };
}

/** A box as a character instead of a control. */
function withTicks(node: RootContent): RootContent {
  if (node.type !== 'list') return node;
  return {
    ...node,
    children: node.children.map((item): ListItem => {
      const [first, ...rest] = item.children;
      if (item.checked == null || first?.type !== 'paragraph') return item;
      const box = { type: 'text', value: item.checked ? '☑ ' : '☐ ' } as const;
      return { ...item, checked: null, children: [{ ...first, children: [box, ...first.children] }, ...rest] };
    }),
  };
}

function forSlack(node: RootContent): readonly RootContent[] {
  if (node.type === 'heading') return [{ type: 'paragraph', children: [{ type: 'strong', children: node.children }] }];
  return node.type === 'table' ? [listOf(node)] : [node];
}

/** A row as `first cell: Before v10, After v9`. */
function listOf({ children: [head, ...rows] }: Table): RootContent {
  const items = rows.map(({ children: [first, ...cells] }): ListItem => {
    const told = cells.flatMap((cell, n): readonly PhrasingContent[] => [
      { type: 'text', value: n === 0 ? ': ' : '; ' },
      ...(head?.children[n + 1]?.children ?? []),
      { type: 'text', value: ' ' },
      ...cell.children,
    ]);
    const line: Paragraph = {
      type: 'paragraph',
      children: [{ type: 'strong', children: first?.children ?? [] }, ...told],
    };
    return { type: 'listItem', spread: false, checked: null, children: [line] };
  });
  return { type: 'list', ordered: false, spread: false, children: items };
}
