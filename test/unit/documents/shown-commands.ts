/** The commands that a document shows: in fences, in workflows, and in running text. */
import { type Command, type SyntaxNode, forEachChild } from 'unbash';
import type { Node } from 'mdast';
import { parse } from 'yaml';
import { parseShell } from '#shared/runbook/shell.ts';
import { type Document, fencesOf, inlineCodeOf, placeOf } from './documents.ts';

export interface ShownCommand {
  /** `README.md:12 rollbook show x.md`, for messages. */
  readonly place: string;
  readonly words: readonly string[];
  /** To be typed as it is; in running text the arguments may be left out. */
  readonly whole: boolean;
}

const SHELL = new Set(['sh', 'bash', 'console', 'yaml']);

export function shownCommands(document: Document): readonly ShownCommand[] {
  const fences = fencesOf(document).filter(({ lang }) => SHELL.has(lang ?? ''));
  return [
    ...fences.flatMap((fence) => found(document, fence, shellText(fence.lang ?? '', fence.value), true)),
    ...inlineCodeOf(document)
      .filter(({ value }) => IN_TEXT.test(value))
      .flatMap((code) => found(document, code, code.value, false)),
  ];
}

/** In running text only what begins like one of ours. */
const IN_TEXT = /^(?:[A-Z_]+=\S+ )*(?:(?:rollbook|npm) \S|node build\/)/;

function found(document: Document, node: Node, text: string, whole: boolean): readonly ShownCommand[] {
  const tree = parseShell(text);
  const place = placeOf(document, node);
  if (tree.errors !== undefined && tree.errors.length > 0) throw new Error(`${place} is no shell text: ${text}`);
  return commandsIn(tree).map((words) => ({ place: `${place} ${words.join(' ')}`, words, whole }));
}

/** Of a console what is typed, of a workflow what its steps run. */
function shellText(lang: string, text: string): string {
  if (lang === 'console') return [...text.matchAll(/^\$ (.*)$/gm)].map(([, typed]) => typed).join('\n');
  if (lang !== 'yaml') return text;
  return runsIn(parse(text.replace(/^---$/gm, ''))).join('\n');
}

function runsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'run' && typeof inner === 'string' ? [inner] : runsIn(inner),
  );
}

function commandsIn(node: SyntaxNode): readonly (readonly string[])[] {
  const inner: (readonly string[])[] = [];
  forEachChild(node, (child) => inner.push(...commandsIn(child)));
  return node.type === 'Command' ? [wordsOf(node), ...inner] : inner;
}

const wordsOf = ({ name, args }: Command): readonly string[] =>
  [name, ...args].flatMap((word) => (word === undefined ? [] : word.type === 'Word' ? [word.value] : [word.text]));
