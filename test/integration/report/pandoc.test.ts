/** That pandoc reads a report as it was meant: what Confluence's and other importers stand for. */
import { describe, expect, it } from 'vitest';
import { REPORT_STORIES } from '../../fixtures/all-report-stories.ts';
import { findPandoc, type PandocNode, readWithPandoc } from '../../fixtures/pandoc.ts';
import { skippedFor } from '../../fixtures/skipping.ts';
import { treeOf, withPicture } from '../../unit/report/report-of.ts';

const found = findPandoc();

const nodesIn = (value: unknown): readonly PandocNode[] => {
  if (Array.isArray(value)) return value.flatMap((each) => nodesIn(each));
  if (value === null || typeof value !== 'object') return [];
  const own = 't' in value && typeof value.t === 'string' ? [value as PandocNode] : [];
  return [...own, ...Object.values(value).flatMap((each) => nodesIn(each))];
};

const ofKind = (nodes: readonly PandocNode[], kind: string): readonly PandocNode[] =>
  nodes.filter(({ t }) => t === kind);

/** [attributes, caption, columns, [attributes, head rows], bodies with [.., .., .., rows], foot] */
function tableShape({ c }: PandocNode): readonly number[] {
  const [, , columns, [, head], bodies] = c as [
    unknown,
    unknown,
    unknown[],
    [unknown, [unknown, unknown[]][]],
    [unknown, unknown, unknown, [unknown, unknown[]][]][],
  ];
  const rows = [...head, ...bodies.flatMap(([, , , body]) => body)];
  return [columns.length, ...rows.map(([, cells]) => cells.length)];
}

describe('a report read by pandoc', skippedFor('missing' in found ? found.missing : null), () => {
  const path = 'path' in found ? found.path : '';

  it.each(REPORT_STORIES)('%s', (_name, story, runbook) => {
    const { events } = story();
    const tree = treeOf(events, runbook);
    for (const form of ['gfm', 'markdown'] as const) {
      const nodes = nodesIn(readWithPandoc(path, form, withPicture(events, runbook)));
      const headings = tree.children.flatMap((node) => (node.type === 'heading' ? [node.depth] : []));
      expect(ofKind(nodes, 'Header').map(({ c }) => (c as [number])[0])).toEqual(headings);
      const tables = tree.children.flatMap((node) =>
        node.type === 'table'
          ? [[node.children[0]?.children.length ?? 0, ...node.children.map((row) => row.children.length)]]
          : [],
      );
      expect(ofKind(nodes, 'Table').map(tableShape)).toEqual(tables);
      expect([...ofKind(nodes, 'RawBlock'), ...ofKind(nodes, 'RawInline')]).toEqual([]);
      expect(ofKind(nodes, 'Image')).toHaveLength(1);
      for (const { c } of ofKind(nodes, 'Link'))
        expect((c as [unknown, unknown, [string]])[2][0]).toMatch(/^(https?:|mailto:)/);
    }
  });
});
