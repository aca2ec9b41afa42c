/** The report's tree as GitHub-flavoured Markdown. */
import type { Root } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';

const processor = unified()
  .use(remarkStringify, {
    bullet: '-',
    emphasis: '_',
    strong: '*',
    fences: true,
    rule: '-',
    listItemIndent: 'one',
    // GitHub renders $x$ as mathematics.
    unsafe: [{ character: '$', inConstruct: 'phrasing' }],
  })
  // Aligned pipes would widen a whole table to its longest cell.
  .use(remarkGfm, { tablePipeAlign: false })
  .use(remarkFrontmatter);

export const serialiseReport = (root: Root): string => withPlainAddresses(processor.stringify(root));

/**
 * The serializer escapes the signs that make an address a link, because it links literal addresses only as nodes. In an
 * address of harmless characters the escape only disturbs whoever reads the raw text: `https\\://`, `ann\\@example.com`.
 */
const withPlainAddresses = (markdown: string): string =>
  markdown
    .replace(/(?<=\bhttps?)\\:(?=\/\/[\w.~/?=%:,;+-]*(?:[\s)"']|$))/gm, ':')
    .replace(/(?<=[\w.+-])\\@(?=[\w-]+(?:\.[\w-]+)*(?:[\s),;:"']|$))/gm, '@');
