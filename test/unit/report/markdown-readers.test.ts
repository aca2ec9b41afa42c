/** That the Markdown of a report is read as it was meant, by remark with GitHub's extensions. For pandoc see pandoc.test.ts. */
import type { Link, Nodes, Root, Table } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { REPORT_STORIES } from '../../fixtures/all-report-stories.ts';
import { treeOf, withPicture } from './report-of.ts';

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter);

const all = <T extends Nodes['type']>(root: Nodes, type: T): readonly Extract<Nodes, { type: T }>[] => [
  ...(root.type === type ? [root as Extract<Nodes, { type: T }>] : []),
  ...('children' in root ? root.children.flatMap((child) => all(child, type)) : []),
];

const textOf = (node: Nodes): string =>
  'value' in node ? node.value : 'children' in node ? node.children.map((child) => textOf(child)).join('') : '';

describe.each(REPORT_STORIES)('%s, read by remark', (_name, story, runbook) => {
  const { events } = story();
  const read: Root = parser.parse(withPicture(events, runbook));
  const meant = treeOf(events, runbook);

  it('has the same headings', () => {
    const titles = (root: Root): readonly string[] =>
      all(root, 'heading').map((heading) => `${heading.depth} ${textOf(heading)}`);
    expect(titles(read)).toEqual(titles(meant));
  });

  it('has the same tables, each row as long as its head', () => {
    const shape = (root: Root) =>
      all(root, 'table').map((table: Table) => table.children.map((row) => row.children.length));
    expect(shape(read)).toEqual(shape(meant));
    for (const rows of shape(read)) expect(new Set(rows).size).toBe(1);
  });

  it('has no raw HTML, and every literal sign that was written', () => {
    expect(all(read, 'html')).toEqual([]);
    const words = (root: Root): string => textOf(root).replace(/\s+/g, ' ');
    expect(words(read)).toBe(words(meant));
  });

  it('links only to the web, to people and to the picture beside it', () => {
    const links = all(read, 'link').map(({ url }: Link) => url);
    for (const url of links) expect(url).toMatch(/^(https?:\/\/|mailto:)[^\s<>]+$/);
    expect(all(read, 'image').map(({ url }) => url)).toEqual(['incident.svg']);
  });
});
