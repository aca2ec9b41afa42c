/** Every link and picture leads to an existing file, folder or heading. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path/posix';
import type { Image, Link } from 'mdast';
import { describe, expect, it } from 'vitest';
import { listSources } from '../../../build/setup/source-stamp.mjs';
import { inProject, projectRoot } from '../../../build/setup/project.mjs';
import { DOCUMENTS, type Document, documentNamed, inlineCodeOf, pathFrom, placeOf } from './documents.ts';

const linksOf = ({ nodes }: Document): readonly (Link | Image)[] =>
  nodes.filter((node): node is Link | Image => node.type === 'link' || node.type === 'image');

/** Why a link leads nowhere, or null. */
function dead(document: Document, url: string): string | null {
  if (/^https?:/.test(url)) return URL.canParse(url) ? null : 'no address';
  const [file = '', anchor] = url.split('#');
  const target = file === '' ? document.path : normalize(join(dirname(document.path), file));
  if (!existsSync(inProject(target))) return `there is no ${target}`;
  if (anchor === undefined) return null;
  const other = DOCUMENTS.find(({ path }) => path === target);
  return other?.anchors.has(anchor) === true ? null : `${target} has no heading #${anchor}`;
}

describe.each(DOCUMENTS.map((document) => [document.path, document] as const))('%s', (_path, document) => {
  it('has links and pictures that lead somewhere', () => {
    const broken = linksOf(document).flatMap((link) => {
      const why = dead(document, link.url);
      return why === null ? [] : [`${placeOf(document, link)} ${link.url}: ${why}`];
    });
    expect(broken).toEqual([]);
  });

  it('has pictures with words in their place', () => {
    for (const image of linksOf(document)) if (image.type === 'image') expect(image.alt, image.url).toMatch(/\w+ \w+/);
  });

  it('names files and folders that are there', () => {
    const gone = inlineCodeOf(document)
      .filter(({ value }) => namesFile(value) && !isThere(document, value))
      .map((code) => `${placeOf(document, code)} ${code.value}`);
    expect(gone).toEqual([]);
  });
});

const ROOTS = readdirSync(projectRoot, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['dist', 'node_modules', 'test-results'].includes(entry.name))
  .map(({ name }) => name);

/** A path from one of our folders, or a source file by its bare name. */
const namesFile = (text: string): boolean =>
  !/[\s*<]/.test(text) && (ROOTS.some((root) => text.startsWith(`${root}/`)) || /^[\w./-]+\.(?:tsx?|mjs)$/.test(text));

const SOURCES = new Set(
  listSources(projectRoot, ['build', 'electron', 'renderer', 'shared', 'test']).map((path) => basename(path)),
);

const isThere = (document: Document, text: string): boolean =>
  pathFrom(document, text) !== null || (!text.includes('/') && SOURCES.has(text)) || endsOne(text);

/** `runner/keeper.ts`, where the folder it is in was named before. */
const endsOne = (text: string): boolean => text.includes('/') && PATHS.some((path) => path.endsWith(`/${text}`));
const PATHS = listSources(projectRoot, ['build', 'electron', 'renderer', 'shared', 'test']);

describe('README.md', () => {
  const { text, nodes } = documentNamed('README.md');

  it('is one page', () => {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(8_192);
  });

  it('leads to every other document', () => {
    const linked = nodes.flatMap((node) =>
      node.type === 'link' ? [normalize((node as Link).url.split('#')[0] ?? '')] : [],
    );
    const apart = DOCUMENTS.map(({ path }) => path).filter((path) => path !== 'README.md' && !linked.includes(path));
    // The document about tests links to that of the double.
    expect(apart).toEqual(['test/electron-double/README.md']);
  });

  it('shows the wizard at 1280 x 800, in a file of reasonable size', () => {
    const png = readFileSync(inProject('.github/wizard.png'));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1280, 800]);
    expect(png.length).toBeLessThan(300_000);
  });
});
