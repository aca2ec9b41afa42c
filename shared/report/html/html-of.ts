/** The report's Markdown tree as HTML. No markup but that of the tree, and no link but to the web and to addresses of mail. */
import type { Element, ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { Code, Link, RootContent } from 'mdast';
import { type Handlers, toHast } from 'mdast-util-to-hast';

/** `picture`: markup that stands for the image of the report; '' leaves the image out. */
export function htmlOf(nodes: readonly RootContent[], picture = ''): string {
  const handlers: Handlers = {
    image: () => ({ type: 'raw', value: picture }) as const,
    code: (_state, node: Code) => codeBlock(node),
    link: (state, node: Link) => {
      const children = state.all(node);
      return /^(https?:|mailto:)/i.test(node.url) ? tag('a', children, { href: node.url }) : tag('span', children);
    },
  };
  const tree = toHast({ type: 'root', children: [...nodes] }, { handlers });
  return toHtml(tree, { allowDangerousHtml: true });
}

/** The chart of Mermaid is for GitHub: a browser would show its text. */
function codeBlock({ lang, value }: Code): ElementContent | undefined {
  if (lang === 'mermaid') return undefined;
  const lines =
    lang === 'diff'
      ? value
          .split('\n')
          .map((line) => tag('span', [{ type: 'text', value: `${line}\n` }], { className: [changeOf(line)] }))
      : [{ type: 'text', value } as const];
  return tag('pre', [tag('code', lines)]);
}

const changeOf = (line: string): string => {
  if (/^(\+\+\+|---) /.test(line)) return 'diff';
  return line.startsWith('+') ? 'added' : line.startsWith('-') ? 'gone' : 'diff';
};

const tag = (tagName: string, children: ElementContent[], properties: Element['properties'] = {}): Element => ({
  type: 'element',
  tagName,
  properties,
  children,
});
