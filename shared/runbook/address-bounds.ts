/**
 * Addresses that are written without marks (`www.a.b`, `http://a.b`, `a@b.c`): GitHub's extension of the Markdown parser
 * walks back to the last bracket for each word, and forward over each row of punctuation for each of its characters.
 * Here the bracket is remembered, and an address with a long row of punctuation in it is none.
 */
import type { Node, Root, Text } from 'mdast';
import type { Data } from 'unified';
import { walk } from './walk.ts';

type Syntax = NonNullable<Data['micromarkExtensions']>[number];
type Construct = Exclude<NonNullable<NonNullable<Syntax['text']>[number]>, readonly unknown[]>;
type Context = ThisParameterType<Construct['tokenize']>;
type Tree = NonNullable<Data['fromMarkdownExtensions']>[number];
type Transform = NonNullable<Exclude<Tree, readonly unknown[]>['transforms']>[number];

/** What may stand at the end of an address and is not part of it, entities too; nobody writes so many into one. */
const ROWS = /(?:[!"'),.:;<>?\]}*_~]|&[A-Za-z]*;?){30,}/g;
/** One that the parser did not take for an address is looked at once more for each address that it may begin. */
const LONG_WORD = /\S{1000}/;
const ADDRESSES: readonly (string | undefined)[] = ['wwwAutolink', 'protocolAutolink', 'emailAutolink'];

/** The extension with its addresses held to these bounds. @param textOf what is being parsed. */
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

/** The extension with what it looks for in the finished tree held to them. */
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

/** True behind a bracket that is open so far: there is no address until it is known to be no link. */
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

/** The long rows of punctuation of the text that is being parsed. */
class Rows {
  readonly #textOf: () => string;
  #text = '';
  #found: readonly { readonly at: number; readonly wordStart: number }[] = [];

  constructor(textOf: () => string) {
    this.#textOf = textOf;
  }

  /** Whether one stands in the word at an offset, at it or behind it. */
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
