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

export const serialiseReport = (root: Root): string => processor.stringify(root);
