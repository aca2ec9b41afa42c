/** Adds entries to the front matter of a runbook. Every character that is there stays where and as it is. */
import {
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { RollbookError } from '../../api/result.ts';
import { readFrontMatter, withLf } from '../parser/front-matter.ts';
import type { Addition } from './topic.ts';

/** `text`: of the file, without a byte order mark. A text without front matter gets one at its beginning. */
export function withAdditions(text: string, additions: readonly Addition[], name: string): string {
  if (additions.length === 0) return text;
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const { end } = readFrontMatter(text, name);
  if (end === 0) {
    const made = additions.reduce((yaml, addition) => withOne(yaml, addition, '\n'), 'rollbook: 1');
    return `---\n${made}\n---\n`.replaceAll('\n', eol) + text;
  }
  const opening = /^[^\r\n]*(?:\r\n|\n|\r)/.exec(text)?.[0].length ?? 0;
  const closing = text.slice(0, end).lastIndexOf('---');
  const yaml = text.slice(opening, closing);
  const body = yaml.endsWith(eol) ? yaml.slice(0, -eol.length) : yaml;
  const added = additions.reduce((made, addition) => withOne(made, addition, eol), body);
  return `${text.slice(0, opening)}${added}${added === '' ? '' : eol}${text.slice(closing)}`;
}

function withOne(yaml: string, addition: Addition, eol: string): string {
  const document = parseDocument(withLf(yaml), { prettyErrors: false, stringKeys: true, uniqueKeys: false });
  const root = document.contents;
  const { top, whole, item } = placed(addition);
  if (!isMap(root)) throw notAMap();
  const pair = root.items.find(({ key }) => isScalar(key) && key.value === top);
  if (pair === undefined) return inserted(yaml, root, { key: top, value: whole }, eol);
  if (item !== null && (isMap(pair.value) || isSeq(pair.value))) return inserted(yaml, pair.value, item, eol);
  throw notAMap();
}

/** The key at the top level, its whole value if it is not there yet, and what is added to it if it is. */
function placed(addition: Addition): { readonly top: string; readonly whole: unknown; readonly item: Item | null } {
  const { value } = addition;
  if (addition.under === null) return { top: addition.key, whole: value, item: null };
  if (addition.under === 'matrix') return { top: addition.under, whole: [value], item: { key: null, value } };
  return { top: addition.under, whole: { [addition.key]: value }, item: { key: addition.key, value } };
}

/** An entry of a map, or an item of a list (`key` null). */
interface Item {
  readonly key: string | null;
  readonly value: unknown;
}

function inserted(yaml: string, into: YAMLMap | YAMLSeq, item: Item, eol: string): string {
  const last: unknown = into.items.at(-1);
  const end = last === undefined ? rangeOf(into)[0] + 1 : endOf(last);
  if (into.flow === true) {
    const written =
      item.key === null ? flow(item.value) : flow({ [item.key]: item.value }).replace(/^\{\s*|\s*\}$/g, '');
    const [before, after] = last === undefined ? [' ', ' '] : [', ', ''];
    return `${yaml.slice(0, end)}${before}${written}${after}${yaml.slice(end)}`;
  }
  const at = lineEnd(yaml, yaml.slice(0, end).trimEnd().length);
  return `${yaml.slice(0, at)}${eol}${linesOf(item, indentOf(yaml, into)).join(eol)}${yaml.slice(at)}`;
}

/** Of a pair or item, without what follows it. */
const endOf = (last: unknown): number => rangeOf(isPair(last) ? (last.value ?? last.key) : last)[1];

function rangeOf(node: unknown): readonly [start: number, end: number] {
  if ((isScalar(node) || isCollection(node)) && node.range != null) return [node.range[0], node.range[1]];
  throw notAMap();
}

/** The blanks before the first entry; for a list before its first dash. */
function indentOf(yaml: string, into: YAMLMap | YAMLSeq): string {
  const start = rangeOf(into)[0];
  const line = Math.max(yaml.lastIndexOf('\n', start - 1), yaml.lastIndexOf('\r', start - 1)) + 1;
  return /^ */.exec(yaml.slice(line))?.[0] ?? '';
}

function lineEnd(yaml: string, from: number): number {
  const found = yaml.slice(from).search(/[\r\n]/);
  return found < 0 ? yaml.length : from + found;
}

const flow = (value: unknown): string => stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();

/** A short value stands on its line, a long one below it. */
const LONGEST_LINE = 110;

function linesOf({ key, value }: Item, indent: string): readonly string[] {
  if (key === null) return [`${indent}- ${flow(value)}`];
  const name = flow(key);
  const short = flow(value);
  const isShort = value === null || typeof value !== 'object' || isLeaf(value);
  if (isShort && indent.length + name.length + short.length <= LONGEST_LINE) return [`${indent}${name}: ${short}`];
  const below = Array.isArray(value)
    ? value.flatMap((each) => linesOf({ key: null, value: each }, `${indent}  `))
    : Object.entries(value as object).flatMap(([inner, each]) => linesOf({ key: inner, value: each }, `${indent}  `));
  return typeof value === 'object' ? [`${indent}${name}:`, ...below] : [`${indent}${name}: ${short}`];
}

/** A map of plain values. */
const isLeaf = (value: object): boolean =>
  !Array.isArray(value) && Object.values(value).every((each) => each === null || typeof each !== 'object');

const notAMap = (): RollbookError =>
  new RollbookError(
    'bad-front-matter',
    'The front matter is written in a way that nothing can be added to (an alias or a value that is no map).',
    'Write its maps out, then adopt it again.',
  );
