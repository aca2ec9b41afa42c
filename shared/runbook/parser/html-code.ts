/** Code in raw HTML: a fence in `<details>` without an empty line before it, and `<pre>`. Markdown takes both for HTML. */
import type { Code, Html, Node, Root, RootContent } from 'mdast';
import type { Lines } from '../place.ts';

const FENCE = /^([ \t>]*)(`{3,}|~{3,})([^\n`]*)\r?\n([\s\S]*?)^[ \t>]*\2[ \t]*\r?$/gm;
const PRE = /<pre\b([^>]*)>[ \t]*(?:\r?\n)?(?:<code\b([^>]*)>)?([\s\S]*?)(?:<\/code>\s*)?<\/pre>/gi;

/** The tree with a code node for each of them, in place of the HTML around it. The given tree stays as it is. */
export function withHtmlCode(tree: Root, source: string, lines: Lines): Root {
  return replaced(tree, source, lines) as Root;
}

function replaced(node: Node, source: string, lines: Lines): Node {
  if (!('children' in node)) return node;
  const children = node.children as readonly RootContent[];
  const made = children.flatMap((child): readonly Node[] => {
    if (child.type !== 'html') return [replaced(child, source, lines)];
    const found = codeIn(child, source, lines);
    return found.length === 0 ? [child] : [child, ...found];
  });
  const same = made.length === children.length && made.every((child, index) => child === children[index]);
  return same ? node : ({ ...node, children: made } as Node);
}

function codeIn(html: Html, source: string, lines: Lines): readonly Code[] {
  const start = html.position?.start.offset ?? 0;
  const raw = source.slice(start, html.position?.end.offset ?? start);
  if (!/`{3}|~{3}|<pre\b/i.test(raw)) return [];
  const fences = [...raw.matchAll(FENCE)].map(({ 0: whole, 1: indent = '', 3: info = '', 4: text = '', index }) => {
    const [lang = '', ...meta] = info.trim().split(/\s+/);
    return codeNode(
      text,
      indent,
      lang,
      meta.join(' '),
      start + index + indent.length,
      start + index + whole.length,
      lines,
    );
  });
  const blocks = [...raw.matchAll(PRE)].map(({ 0: whole, 1: pre = '', 2: code = '', 3: text = '', index }) => {
    const at = start + index + whole.indexOf(text);
    const lang = /\b(?:language|lang|highlight-source)-([\w+-]+)|\blang="([\w+-]+)"/.exec(`${pre} ${code}`);
    return codeNode(decoded(text), '', lang?.[1] ?? lang?.[2] ?? '', '', at, at + text.length, lines);
  });
  return [...fences, ...blocks];
}

function codeNode(
  text: string,
  indent: string,
  lang: string,
  meta: string,
  start: number,
  end: number,
  lines: Lines,
): Code {
  const value = text
    .replace(/\r?\n$/, '')
    .split('\n')
    .map((line) => (indent !== '' && line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n');
  const point = (offset: number) => {
    const line = lines.lineOf(offset);
    return { line, column: offset - lines.startOf(line) + 1, offset };
  };
  return {
    type: 'code',
    lang: lang === '' ? null : lang,
    meta: meta === '' ? null : meta,
    value,
    position: { start: point(start), end: point(end) },
  };
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'", nbsp: ' ' };

const decoded = (text: string): string =>
  text
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/?[a-z][^>\n]*>/gi, '')
    .replace(/&(lt|gt|amp|quot|#39|nbsp);/g, (whole, name: string) => ENTITIES[name] ?? whole);
