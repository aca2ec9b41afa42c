import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { RollbookError } from '../contract/result.ts';
import { boundAddresses, boundTree } from './address-bounds.ts';
import { mustFit } from './limits.ts';
import { type Counted, parserBounds } from './parser-bounds.ts';
import type { Lines } from './place.ts';

export interface ParsedPiece {
  readonly tree: Root;
  /** Where passages begin that are kept as plain text, offsets in the whole text. */
  readonly plain: readonly number[];
}

/** Stands for what follows a cut; it is a heading of its own unless something before it was left open. */
const NEXT = '# next';

const NOTHING: Counted = { marks: 0, footnotes: 0, unmarkedLines: 0 };

/** Parses the pieces of one text, in their order; what is limited is counted over all that are kept. */
export class PieceParser {
  readonly #parse: (text: string) => Root;
  #kept: Counted = NOTHING;
  #here = { ...NOTHING };
  #start = 0;
  #plain: number[] = [];

  /** @param name what an error calls the file. */
  constructor(name: string, lines: Lines) {
    const bounds = parserBounds({
      count: (what) => {
        this.#here[what] += 1;
        mustFit(what, this.#kept[what] + this.#here[what], name);
      },
      plain: (offset) => this.#plain.push(this.#start + offset),
      tooDeep: (offset) => {
        throw tooDeep(name, lines.lineOf(this.#start + offset));
      },
    });
    const processor = unified()
      .use(remarkParse)
      .use(remarkGfm)
      .use(function () {
        const data = this.data();
        const gfm = (data.micromarkExtensions ?? []).map((syntax) => boundAddresses(syntax, () => text));
        // The last one is asked first.
        data.micromarkExtensions = [...gfm, bounds];
        data.fromMarkdownExtensions = (data.fromMarkdownExtensions ?? []).map(boundTree);
      });
    let text = '';
    this.#parse = (piece) => {
      text = piece;
      return processor.parse(piece);
    };
  }

  /**
   * Null: it ends inside a construct that goes on behind it.
   * @param start where the piece stands in the text.
   * @throws RollbookError `too-large`.
   */
  parse(text: string, start: number, goesOn: boolean): ParsedPiece | null {
    this.#start = start;
    this.#here = { ...NOTHING };
    this.#plain = [];
    const tree = this.#parse(goesOn ? text + NEXT : text);
    const last = goesOn ? tree.children.pop() : undefined;
    const whole = !goesOn || (last?.type === 'heading' && last.position?.start.offset === text.length);
    return whole ? { tree, plain: this.#plain } : null;
  }

  /** What was parsed last counts from now on. */
  keep(): void {
    const { marks, footnotes, unmarkedLines } = this.#here;
    this.#kept = {
      marks: this.#kept.marks + marks,
      footnotes: this.#kept.footnotes + footnotes,
      unmarkedLines: this.#kept.unmarkedLines + unmarkedLines,
    };
  }
}

const tooDeep = (name: string, line: number): RollbookError =>
  new RollbookError(
    'too-large',
    `${name} has lists or quotes that are nested too deeply (line ${line}).`,
    'Make it flatter, or put pasted output into a fence (```text).',
    { line },
  );
