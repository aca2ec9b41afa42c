/** The project's documents, parsed as Markdown, for the tests in this folder. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import type { Code, Heading, InlineCode, Node } from 'mdast';
import { parseMarkdown } from '#shared/runbook/parser/markdown/markdown.ts';
import { plainText } from '#shared/runbook/parser/nodes.ts';
import { inProject } from '../../../build/setup/project.mjs';

export interface Document {
  /** Relative to the project, with slashes. */
  readonly path: string;
  readonly text: string;
  /** All nodes, each before those in it. */
  readonly nodes: readonly Node[];
  /** What a link may name behind its `#`. */
  readonly anchors: ReadonlySet<string>;
}

/** Folders without documents of the project. Runbooks are not documents. */
const NO_DOCUMENTS = new Set(['node_modules', 'dist', 'test-results', 'test/fixtures', 'shared/runbooks']);

function documentsIn(folder: string): readonly string[] {
  return readdirSync(inProject(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (NO_DOCUMENTS.has(path) || (entry.name.startsWith('.') && entry.name !== '.github')) return [];
    if (entry.isDirectory()) return documentsIn(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

export function readDocument(path: string): Document {
  const text = readFileSync(inProject(path), 'utf8');
  const nodes = withinOf(parseMarkdown(text, path).tree);
  return { path, text, nodes, anchors: new Set(anchorsOf(nodes)) };
}

const withinOf = (node: Node): readonly Node[] => [
  node,
  ...('children' in node ? (node.children as readonly Node[]).flatMap(withinOf) : []),
];

/** As GitHub makes them of headings. */
function anchorsOf(nodes: readonly Node[]): readonly string[] {
  const seen = new Map<string, number>();
  return nodes
    .filter((node): node is Heading => node.type === 'heading')
    .map((heading) => {
      const slug = plainText(heading)
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(/\s/g, '-');
      const count = seen.get(slug) ?? 0;
      seen.set(slug, count + 1);
      return count === 0 ? slug : `${slug}-${count}`;
    });
}

export const DOCUMENTS: readonly Document[] = documentsIn('.').map(readDocument);

export const documentNamed = (path: string): Document => {
  const found = DOCUMENTS.find((document) => document.path === path);
  if (found === undefined) throw new Error(`There is no document ${path}.`);
  return found;
};

export const fencesOf = ({ nodes }: Document): readonly Code[] =>
  nodes.filter((node): node is Code => node.type === 'code');

export const inlineCodeOf = ({ nodes }: Document): readonly InlineCode[] =>
  nodes.filter((node): node is InlineCode => node.type === 'inlineCode');

/** Resolves a path in a document, relative to the document or else to the project. Null if it does not exist. */
export function pathFrom({ path }: Document, named: string): string | null {
  const beside = normalize(join(dirname(path), named));
  return [beside, normalize(named)].find((each) => existsSync(inProject(each))) ?? null;
}

/** `README.md:12`, for messages. */
export const placeOf = ({ path }: Document, node: Node): string => `${path}:${node.position?.start.line ?? 0}`;
