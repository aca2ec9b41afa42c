/** The shape of an output, without names, numbers and times, for comparing two tools. */

/** JSON by its keys and types (a list by its first entry), text by its lines with what varies taken out; '' when empty. */
export function shapeOf(text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  try {
    return typesOf(JSON.parse(trimmed));
  } catch {
    return linesOf(trimmed);
  }
}

function typesOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [typesOf(value[0])];
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  const entries = Object.entries(value).map(([key, each]): [string, unknown] => [key, typesOf(each)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function linesOf(text: string): readonly string[] {
  return text
    .replaceAll(/\u001b\[[0-9;]*m/g, '')
    .replaceAll(/https?:\/\/[^\s"'()]+/g, 'URL')
    .replaceAll(/"[^"\n]*"|'[^'\n]*'|`[^`\n]*`/g, 'NAME')
    .replaceAll(/(?:\/[\w.@-]+)+/g, 'PATH')
    .replaceAll(/\b[0-9a-f]{7,40}\b/g, 'HASH')
    .replaceAll(/\d+(?:[.:]\d+)*/g, '#')
    .split('\n')
    .map((line) => line.trim().replaceAll(/\s+/g, ' '));
}
