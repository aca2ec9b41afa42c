/**
 * Splits SQL into tokens as PostgreSQL does, so that words in strings, quoted names, dollar quotes and comments are never
 * taken for keywords (PostgreSQL 15 manual, 4.1; src/fe_utils/psqlscan.l).
 */

export interface SqlToken {
  /** `open`: a string, quoted name, dollar quote or comment that never ends. */
  readonly kind: 'word' | 'name' | 'string' | 'dollar' | 'comment' | 'symbol' | 'backslash' | 'open';
  /** As written; for a `name`, without its quotes. */
  readonly text: string;
  /** UTF-16 offset. */
  readonly start: number;
}

type Found = { readonly kind: SqlToken['kind']; readonly end: number; readonly text?: string };

const SPACE = /[ \t\r\n\f\v\u00a0\ufeff]+/y;
/** A letter, underscore or anything beyond ASCII starts a name; digits and $ go on with it. */
const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const NUMBER = /\d[\w.]*/y;
const DOLLAR = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
/** The letters before a quote that make a string of another kind. */
const PREFIX = /(?:[eE]|[bB]|[xX]|[nN]|[uU]&)(?=['"])/y;

export function sqlTokens(sql: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = 0;
  while (at < sql.length) {
    const space = matched(SPACE, sql, at);
    if (space !== null) {
      at += space.length;
      continue;
    }
    const { kind, end, text } = tokenAt(sql, at);
    tokens.push({ kind, text: text ?? sql.slice(at, end), start: at });
    at = end;
  }
  return tokens;
}

function tokenAt(sql: string, at: number): Found {
  if (sql.startsWith('--', at)) return lineComment(sql, at);
  if (sql.startsWith('/*', at)) return blockComment(sql, at);
  const prefix = matched(PREFIX, sql, at);
  const quote = at + (prefix?.length ?? 0);
  if (sql[quote] === "'") return stringAt(sql, quote, prefix === 'e' || prefix === 'E');
  if (sql[quote] === '"' && (prefix === null || prefix.endsWith('&'))) return nameAt(sql, quote);
  const word = matched(WORD, sql, at);
  if (word !== null) return { kind: 'word', end: at + word.length };
  const number = matched(NUMBER, sql, at);
  if (number !== null) return { kind: 'symbol', end: at + number.length };
  const tag = matched(DOLLAR, sql, at);
  if (tag !== null) return dollarAt(sql, at, tag);
  return { kind: sql[at] === '\\' ? 'backslash' : 'symbol', end: at + 1 };
}

function matched(pattern: RegExp, sql: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0] ?? null;
}

function lineComment(sql: string, at: number): Found {
  const rest = sql.slice(at).search(/[\r\n]/);
  return { kind: 'comment', end: rest < 0 ? sql.length : at + rest };
}

/** Comments nest. */
function blockComment(sql: string, at: number): Found {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = at;
  let depth = 0;
  for (let mark = marks.exec(sql); mark !== null; mark = marks.exec(sql)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return { kind: 'comment', end: marks.lastIndex };
  }
  return { kind: 'open', end: sql.length };
}

function stringAt(sql: string, quote: number, escapes: boolean): Found {
  for (let at = quote + 1; at < sql.length; at += 1) {
    if (escapes && sql[at] === '\\') at += 1;
    else if (sql[at] === "'" && sql[at + 1] === "'") at += 1;
    else if (sql[at] === "'") return { kind: 'string', end: at + 1 };
  }
  return { kind: 'open', end: sql.length };
}

function nameAt(sql: string, quote: number): Found {
  for (let at = quote + 1; at < sql.length; at += 1) {
    if (sql[at] === '"' && sql[at + 1] === '"') at += 1;
    else if (sql[at] === '"')
      return { kind: 'name', end: at + 1, text: sql.slice(quote + 1, at).replaceAll('""', '"') };
  }
  return { kind: 'open', end: sql.length };
}

function dollarAt(sql: string, at: number, tag: string): Found {
  const close = sql.indexOf(tag, at + tag.length);
  return close < 0 ? { kind: 'open', end: sql.length } : { kind: 'dollar', end: close + tag.length };
}

/** The tokens of each statement, comments and the semicolons left out; empty statements too. */
export function statementsOf(tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] {
  const statements: SqlToken[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'comment') continue;
    if (token.kind === 'symbol' && token.text === ';') statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements.filter((statement) => statement.length > 0);
}

/** Line of an offset, from 1. */
export const lineOf = (sql: string, offset: number): number => sql.slice(0, offset).split(/\r\n|\n|\r/).length;
