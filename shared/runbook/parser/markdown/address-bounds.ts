/**
 * Keeps the cost of bare addresses (`www.a.b`, `http://a.b`, `a@b.c`) linear. For each word, the GitHub extension of the
 * parser goes back to the last bracket, and for each character of a run of punctuation it reads the rest of the run. Here
 * the bracket is cached, and an address with a long run of punctuation is plain text.
 */
import type { Node, Root, Text } from 'mdast';
import type { Data } from 'unified';
import { walk } from '../nodes.ts';

type Syntax = NonNullable<Data['micromarkExtensions']>[number];
type Construct = Exclude<NonNullable<NonNullable<Syntax['text']>[number]>, readonly unknown[]>;
type Context = ThisParameterType<Construct['tokenize']>;
type Tree = NonNullable<Data['fromMarkdownExtensions']>[number];
type Transform = NonNullable<Exclude<Tree, readonly unknown[]>['transforms']>[number];

/** 30 or more characters that may follow an address without being part of it, entities included. */
const ROWS = /(?:[!"'),.:;<>?\]}*_~]|&[A-Za-z]*;?){30,}/g;
/** In a long word, the search in the finished tree would start again for each possible address. */
const LONG_WORD = /\S{1000}/;
const ADDRESSES: readonly (string | undefined)[] = ['wwwAutolink', 'protocolAutolink', 'emailAutolink'];

/** Adds the bounds to the syntax extension. @param textOf returns the text that is being parsed. */
export function boundAddresses(syntax: Syntax, textOf: () => string): Syntax {
  const rows = new Rows(textOf);
  const labels = new WeakMap<Context, Label>();
  const bounded = (construct: Construct): Construct => ({
    ...construct,
    tokenize(effects, ok, nok) {
      const isNone = isInLabel(this, labels) || rows.isInWordAt(this.now().offset);
      return isNone ? nok : construct.tokenize.call(this, effects, ok, nok);
    },
  });
  const text = Object.entries(syntax.text ?? {}).map(([code, constructs]) => [
    code,
    [constructs ?? []].flat().map((each) => (ADDRESSES.includes(each.name) ? bounded(each) : each)),
  ]);
  return { ...syntax, text: Object.fromEntries(text) as NonNullable<Syntax['text']> };
}

/** Adds the bounds to the extension's search in the finished tree. */
export function boundTree(extension: Tree): Tree {
  if (Array.isArray(extension)) return extension.map((each) => boundTree(each)).flat();
  const { transforms } = extension;
  return transforms == null ? extension : { ...extension, transforms: transforms.map(bounded) };
}

const bounded =
  (transform: Transform): Transform =>
  (tree: Root) => {
    const hidden: Node[] = [];
    walk(tree, (node) => {
      if (node.type !== 'text' || !isCostly((node as Text).value)) return;
      node.type = 'hidden';
      hidden.push(node);
    });
    const changed = transform(tree);
    for (const node of hidden) node.type = 'text';
    return changed;
  };

const isCostly = (text: string): boolean => LONG_WORD.test(text) || text.search(ROWS) >= 0;

interface Label {
  readonly token: object;
  readonly at: number;
}

/** True after an open bracket: the text may be a link, which contains no bare address. */
function isInLabel(context: Context, labels: WeakMap<Context, Label>): boolean {
  const { events } = context;
  const known = labels.get(context);
  if (known !== undefined && events[known.at]?.[1] === known.token && isOpen(known.token)) return true;
  for (let at = events.length - 1; at >= 0; at -= 1) {
    const token = events[at]?.[1];
    if (
      token === undefined ||
      ('_gfmAutolinkLiteralWalkedInto' in token && token._gfmAutolinkLiteralWalkedInto === true)
    )
      return false;
    if (!isOpen(token)) continue;
    labels.set(context, { token, at });
    return true;
  }
  return false;
}

const isOpen = (token: { readonly type?: string; readonly _balanced?: boolean | undefined }): boolean =>
  (token.type === 'labelLink' || token.type === 'labelImage') && token._balanced !== true;

/** The long runs of punctuation in the text that is being parsed. */
class Rows {
  readonly #textOf: () => string;
  #text = '';
  #found: readonly { readonly at: number; readonly wordStart: number }[] = [];

  constructor(textOf: () => string) {
    this.#textOf = textOf;
  }

  /** True if the word at an offset has a long run at or after that offset. */
  isInWordAt(offset: number): boolean {
    const text = this.#textOf();
    if (text !== this.#text) {
      this.#text = text;
      this.#found = rowsIn(text);
    }
    const next = this.#found.find(({ at }) => at >= offset);
    return next !== undefined && next.wordStart <= offset;
  }
}

function rowsIn(text: string): readonly { readonly at: number; readonly wordStart: number }[] {
  const words = text.matchAll(/\S+/g);
  return [...words].flatMap(({ 0: word, index }) =>
    [...word.matchAll(ROWS)].map((row) => ({ at: index + row.index, wordStart: index })),
  );
}
