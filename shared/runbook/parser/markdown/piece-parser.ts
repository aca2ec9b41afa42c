import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { RollbookError } from '../../../api/result.ts';
import { boundAddresses, boundTree } from './address-bounds.ts';
import { mustFit } from '../../limits.ts';
import { type Counted, parserBounds } from './parser-bounds.ts';
import type { Lines } from '../../place.ts';

export interface ParsedPiece {
  readonly tree: Root;
  /** Offsets, in the whole text, of the passages that are kept as plain text. */
  readonly plain: readonly number[];
}

/** Stands for the text after a cut. It is parsed as a heading, unless a construct before it is still open. */
const NEXT = '# next';

const NOTHING: Counted = { marks: 0, footnotes: 0, unmarkedLines: 0 };

/** Parses the pieces of a text in order. The limits apply to the sum over all kept pieces. */
export class PieceParser {
  readonly #parse: (text: string) => Root;
  #kept: Counted = NOTHING;
  #here = { ...NOTHING };
  #start = 0;
  #plain: number[] = [];

  /** @param name of the file, for error messages. */
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
        // The last extension runs first.
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
   * Returns null when the piece ends inside a construct that continues after it.
   * @param start offset of the piece in the text.
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

  /** Adds the counts of the last piece to the sum. */
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
    `${name} has lists or quotes nested too deeply (line ${line}).`,
    'Use fewer levels, or put pasted output into a code block (```text).',
    { line },
  );
