/**
 * Limits of the Markdown parser, as a syntax extension that runs before the parser's own constructs. cuts.ts removes what is
 * too long or too deep by looking at lines; only the parser knows whether a row belongs to a table, or a line to a fence.
 */
import type { Data } from 'unified';
import { LONGEST_PARAGRAPH, MOST_MARKS } from './cuts.ts';

type Syntax = NonNullable<Data['micromarkExtensions']>[number];
type Construct = Exclude<NonNullable<NonNullable<Syntax['text']>[number]>, readonly unknown[]>;
type Effects = Parameters<Construct['tokenize']>[0];
type State = ReturnType<Construct['tokenize']>;

/** The column where the innermost of nested lists and quotes begins. */
const DEEPEST_COLUMN = 150;
/** `<!--` and the like in one paragraph: for each, the parser searches all of the rest for its end. */
const MOST_COMMENTS = 10;

/** Unclosed backticks in one paragraph: for each, the parser searches all of the rest. */
const MOST_UNCLOSED = 10;

/** The codes of micromark for CRLF, LF and CR. */
const LINE_ENDS = [-3, -4, -5];
const MARKS = codesOf('*_~`[]<&\\');
const BEGINS_CONTAINER = codesOf('>*+-0123456789[');
const [LESS_THAN = 0, BRACKET = 0, CARET = 0, BACKTICK = 0] = codesOf('<[^`');
const BEGINS_COMMENT = codesOf('!?');

export interface Counted {
  readonly marks: number;
  /** Lines that begin like a footnote: the parser compares each with all others. */
  readonly footnotes: number;
  /** Lines that continue a quote or list without its marker or indentation. */
  readonly unmarkedLines: number;
}

interface Heard {
  readonly count: (what: keyof Counted) => void;
  /** The rest of a paragraph is kept as plain text, from this offset. */
  readonly plain: (offset: number) => void;
  /** Lists or quotes are nested too deeply at this offset. */
  readonly tooDeep: (offset: number) => never;
}

/** The counts of one paragraph, heading or cell. */
interface Run {
  readonly start: number;
  marks: number;
  comments: number;
  /** Backticks that are text. */
  unclosed: number;
  /** Index of the event after the last backticks: the code that they begin, if any. */
  lastCode: number | null;
}

const newRun = (start: number): Run => ({ start, marks: 0, comments: 0, unclosed: 0, lastCode: null });

/** The callbacks may throw to stop the parser. */
export function parserBounds({ count, plain, tooDeep }: Heard): Syntax {
  const runs = new WeakMap<object, Run>();
  const bounded: Construct = {
    partial: true,
    tokenize(effects, ok, nok) {
      const { offset } = this.now();
      const run = runs.get(this) ?? newRun(this.events[0]?.[1].start.offset ?? offset);
      runs.set(this, run);
      return (code) => {
        if (!isLineEnd(code)) {
          run.marks += 1;
          count('marks');
        }
        if (code === BACKTICK) {
          if (run.lastCode !== null && this.events[run.lastCode]?.[1].type !== 'codeText') run.unclosed += 1;
          run.lastCode = this.events.length;
        }
        const isOver =
          run.unclosed > MOST_UNCLOSED ||
          run.marks > MOST_MARKS ||
          run.comments > MOST_COMMENTS ||
          offset - run.start > LONGEST_PARAGRAPH;
        if (isOver) {
          plain(offset);
          return plainRest(effects, ok)(code);
        }
        if (code !== LESS_THAN) return nok(code);
        effects.enter('data');
        effects.consume(code);
        return (next) => {
          if (next !== null && BEGINS_COMMENT.includes(next)) run.comments += 1;
          return nok(next);
        };
      };
    },
  };
  let lastFootnote = 0;
  const container: Construct = {
    partial: true,
    tokenize(effects, _ok, nok) {
      const { line, column, offset } = this.now();
      if (column > DEEPEST_COLUMN) tooDeep(offset);
      return (code) => {
        if (code !== BRACKET) return nok(code);
        effects.enter('data');
        effects.consume(code);
        return (next) => {
          // Asked once or twice for a line.
          if (next === CARET && line !== lastFootnote) count('footnotes');
          if (next === CARET) lastFootnote = line;
          return nok(next);
        };
      };
    },
  };
  let lastUnmarked = 0;
  const unmarkedLine: Construct = {
    partial: true,
    tokenize(_effects, _ok, nok) {
      const { line } = this.now();
      if (this.parser.lazy[line] === true && line !== lastUnmarked) {
        lastUnmarked = line;
        count('unmarkedLines');
      }
      return nok;
    },
  };
  const text = { ...forEach([...LINE_ENDS, ...MARKS], bounded), [BACKTICK]: { ...bounded, previous: afterNoBacktick } };
  return { text, document: forEach(BEGINS_CONTAINER, container), flow: { null: unmarkedLine } };
}

/** Like the parser's own code text: a run of backticks is read once, not again for each of its characters. */
const afterNoBacktick: NonNullable<Construct['previous']> = function (before) {
  return before !== BACKTICK || this.events.at(-1)?.[1].type === 'characterEscape';
};

/** Consumes everything up to the end as text, line by line. */
function plainRest(effects: Effects, ok: State): State {
  const line: State = (code) => {
    if (code === null) return ok(code);
    effects.enter(isLineEnd(code) ? 'lineEnding' : 'data');
    return isLineEnd(code) ? lineEnd(code) : words(code);
  };
  const lineEnd: State = (code) => {
    effects.consume(code);
    effects.exit('lineEnding');
    return line;
  };
  const words: State = (code) => {
    if (code !== null && !isLineEnd(code)) {
      effects.consume(code);
      return words;
    }
    effects.exit('data');
    return line(code);
  };
  return line;
}

function codesOf(characters: string): readonly number[] {
  return Array.from(characters, (character) => character.charCodeAt(0));
}

const isLineEnd = (code: number | null): boolean => code !== null && LINE_ENDS.includes(code);

const forEach = (codes: readonly number[], construct: Construct): NonNullable<Syntax['text']> =>
  Object.fromEntries(codes.map((code) => [code, construct]));
