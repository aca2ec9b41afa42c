/** The values that a person may want to pick from what a command printed: fields of JSON, cells of a table, lines. */
import { REDACTED } from '#shared/redaction/redactor.ts';
import { type Candidate, jsonValues } from './json-values.ts';

export interface Candidates {
  readonly found: readonly Candidate[];
  /** False: the output is longer than what is searched, or has more values than are kept. */
  readonly all: boolean;
}

/** So much of an output is searched, from its beginning. */
export const SEARCHED_LINES = 500;
const SEARCHED_CHARS = 200_000;
const MOST = 1_000;
/** Longer texts are not what a question asks for. */
const LONGEST = 200;

/**
 * The values in an output, in the order printed. What is JSON as a whole, or on each line, gives its fields; lines in
 * columns give cells; any other line is one value. What was redacted or has hidden characters is none.
 */
export function candidatesIn(lines: readonly string[]): Candidates {
  const searched: string[] = [];
  let chars = 0;
  for (const line of lines.slice(0, SEARCHED_LINES)) {
    chars += line.length + 1;
    if (chars > SEARCHED_CHARS) break;
    searched.push(line);
  }
  const whole = searched.length === lines.length;
  const found = (jsonValues(searched, whole) ?? inColumns(searched)).filter(isValue);
  return { found: found.slice(0, MOST), all: whole && found.length <= MOST };
}

const isValue = ({ value }: Candidate): boolean =>
  value !== '' && value.length <= LONGEST && !value.includes(REDACTED) && !/[\r\n\0]|⟨U\+/.test(value);

interface Cell {
  readonly text: string;
  readonly from: number;
}

/** Parts of a line between tabs, two spaces or more, or bars. */
const cellsOf = (line: string): readonly Cell[] =>
  [...line.matchAll(/[^\s|]+(?: [^\s|]+)*/g)].map(({ 0: text, index }) => ({ text, from: index }));

/** A line that only draws a table. */
const isRule = (line: string): boolean => /^[\s|+=─-]*$/.test(line);
const isTitle = ({ text }: Cell): boolean => /^[\p{L}#][\p{L}\p{N} ._()/%#-]*$/u.test(text);

/** The titles of a table: words in columns, above a line with as many cells or one fewer. */
function headerOf(lines: readonly string[]): { readonly at: number; readonly titles: readonly Cell[] } | null {
  const at = lines.findIndex((line) => cellsOf(line).length > 1);
  const titles = cellsOf(lines[at] ?? '');
  const below = lines.slice(at + 1).find((line) => line.trim() !== '' && !isRule(line));
  if (at < 0 || below === undefined || !titles.every(isTitle)) return null;
  // Without capitals or a ruler, the first line may as well be a row.
  const drawn = isRule(lines[at + 1] ?? 'row');
  const shouted = titles.every(({ text }) => text === text.toUpperCase());
  return (drawn || shouted) && cellsOf(below).length >= titles.length - 1 ? { at, titles } : null;
}

function inColumns(lines: readonly string[]): readonly Candidate[] {
  const header = headerOf(lines);
  return lines.flatMap((text, line): readonly Candidate[] => {
    if (isRule(text) || line === header?.at) return [];
    const placed = (cell: Cell, name: string): Candidate => ({
      value: cell.text,
      name,
      line,
      from: cell.from,
      to: cell.from + cell.text.length,
    });
    const cells = cellsOf(text);
    if (cells.length < 2) return wholeLine(text, line);
    if (header === null || line < header.at) return cells.map((cell) => placed(cell, ''));
    const { titles } = header;
    const separated = /[\t|]/.test(text) || cells.length === titles.length;
    return cells.map((cell, index) => placed(cell, (separated ? titles[index] : above(titles, cell))?.text ?? ''));
  });
}

/** With a cell left out, each stands below the title that begins nearest before its end. */
const above = (titles: readonly Cell[], { text, from }: Cell): Cell | undefined =>
  titles.findLast((title) => title.from < from + text.length);

function wholeLine(text: string, line: number): readonly Candidate[] {
  const value = text.replaceAll('|', ' ').trim();
  const from = text.indexOf(value);
  return [{ value, name: '', line, from, to: from + value.length }];
}
