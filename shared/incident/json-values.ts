/** The texts and numbers in printed JSON, with their paths and places. */

/** A value, and where it stands: `line` counts from 0, `from` and `to` are offsets in that line. */
export interface Candidate {
  readonly value: string;
  /** The path of a field, the title of a column, or '' for a line. */
  readonly name: string;
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[{}[\],:]|\w+/g;

interface Level {
  /** The position in a list; null: an object. */
  index: number | null;
  /** The key whose value comes next. */
  key: string;
}

/**
 * Null: the lines are not JSON, neither together nor each. `whole`: false where the output goes on after the last line, so
 * that it cannot be parsed.
 */
export function jsonValues(lines: readonly string[], whole: boolean): readonly Candidate[] | null {
  if (!/^\s*[{[]/.test(lines.find((line) => line.trim() !== '') ?? '')) return null;
  if (whole && !parses(lines.join('\n')) && !lines.every((line) => line.trim() === '' || parses(line))) return null;
  const levels: Level[] = [];
  let isKey = false;
  return lines.flatMap((text, line) =>
    [...text.matchAll(TOKEN)].flatMap(({ 0: token, index }): readonly Candidate[] => {
      const level = levels.at(-1);
      if (token === '{' || token === '[') {
        levels.push({ index: token === '[' ? 0 : null, key: '' });
        isKey = token === '{';
      } else if (token === '}' || token === ']') {
        levels.pop();
        isKey = false;
      } else if (token === ',') {
        if (level !== undefined && level.index !== null) level.index += 1;
        isKey = level?.index === null;
      } else if (token === ':') isKey = false;
      else if (isKey && level !== undefined) level.key = plain(token);
      else if (/^["\d-]/.test(token)) {
        const quotes = token.startsWith('"') ? 1 : 0;
        const from = index + quotes;
        return [{ value: plain(token), name: pathOf(levels), line, from, to: index + token.length - quotes }];
      }
      return [];
    }),
  );
}

const pathOf = (levels: readonly Level[]): string =>
  levels
    .map(({ index, key }) => (index !== null ? `[${index}]` : /^[\w-]+$/.test(key) ? `.${key}` : `["${key}"]`))
    .join('')
    .replace(/^\./, '');

/** Numbers stay as printed: a parsed one may lose digits. */
function plain(token: string): string {
  if (!token.startsWith('"')) return token;
  try {
    return String(JSON.parse(token));
  } catch {
    return token.slice(1, -1);
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
