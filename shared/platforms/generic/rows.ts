/** Reads the releases of a service out of what a command printed: a table, JSON, or lines. */
import { RollbookError } from '../../api/result.ts';
import type { RowFields, RowReader } from '../../runbook/service.ts';

/** One row, with its fields as printed; '' where the row says nothing. */
export type Row = Readonly<Record<keyof RowFields, string>>;

/** The named groups of a pattern in a line; null: it does not match. RE2 in the core; the window has no such library. */
export type GroupsOf = (pattern: string) => (line: string) => Readonly<Record<string, string>> | null;

/** The rows with a release, in the order printed. Code: `unexpected-output` when it is not what the reader wants. */
export function readRows(command: string, reader: RowReader, stdout: string, groupsOf: GroupsOf): readonly Row[] {
  const rows = READERS[reader.kind](command, reader as never, stdout, groupsOf);
  return rows.map(complete).filter(({ release }) => release !== '');
}

type Found = Partial<Record<keyof RowFields, string>>;

const FIELDS = ['release', 'image', 'status', 'description', 'created', 'user'] as const;

const complete = (found: Found): Row => ({
  release: found.release ?? '',
  image: found.image ?? '',
  status: found.status ?? '',
  description: found.description ?? '',
  created: found.created ?? '',
  user: found.user ?? '',
});

const unexpected = (command: string, what: string): RollbookError =>
  new RollbookError(
    'unexpected-output',
    `\`${command}\` did not print what the runbook says: ${what}.`,
    'Run it yourself, and correct `read:` of this service in the front matter.',
  );

type Reader<Kind extends RowReader['kind']> = (
  command: string,
  reader: Extract<RowReader, { kind: Kind }>,
  stdout: string,
  groupsOf: GroupsOf,
) => readonly Found[];

const READERS: { readonly [Kind in RowReader['kind']]: Reader<Kind> } = {
  table: (command, { fields }, stdout) => {
    const lines = stdout.split(/\r?\n/);
    const wanted = Object.values(fields);
    const at = lines.findIndex((line) => {
      const titles = columnsOf(line).map(({ title }) => title);
      return wanted.every((title) => titles.includes(title));
    });
    if (at < 0) throw unexpected(command, `no line has the columns ${wanted.join(', ')}`);
    const header = lines[at] ?? '';
    const columns = columnsOf(header);
    const cell = header.includes('\t')
      ? (line: string, index: number) => line.split('\t')[index] ?? ''
      : (line: string, index: number) => line.slice(columns[index]?.start, columns[index + 1]?.start);
    return lines.slice(at + 1).map((line) =>
      pick(fields, (title) =>
        cell(
          line,
          columns.findIndex((column) => column.title === title),
        ).trim(),
      ),
    );
  },
  json: (command, { at, fields }, stdout) => {
    const list = valuesIn(command, stdout).flatMap((value): readonly unknown[] => {
      const found = readPath(value, at);
      return Array.isArray(found) ? found : [found];
    });
    return list.map((item) =>
      pick(fields, (path) => {
        const value = readPath(item, path);
        return typeof value === 'string'
          ? value
          : ['number', 'boolean'].includes(typeof value)
            ? JSON.stringify(value)
            : '';
      }),
    );
  },
  lines: (_command, { pattern }, stdout, groupsOf) => {
    const groups = groupsOf(pattern);
    return stdout.split(/\r?\n/).flatMap((line): readonly Found[] => {
      const found = groups(line);
      return found === null ? [] : [found];
    });
  },
};

function pick(fields: RowFields, value: (name: string) => string): Found {
  return Object.fromEntries(
    FIELDS.flatMap((field) => (fields[field] === undefined ? [] : [[field, value(fields[field])]])),
  );
}

/** Titles are separated by tabs, as the cells are then, or by at least two spaces; a cell then begins below its title. */
const columnsOf = (line: string): readonly { readonly title: string; readonly start: number }[] =>
  [...line.matchAll(/\S+(?: \S+)*/g)].map(({ 0: title, index }) => ({ title, start: index }));

/** The one JSON value that was printed, or one of each line (docker --format json). */
function valuesIn(command: string, stdout: string): readonly unknown[] {
  const text = stdout.trim();
  try {
    return [JSON.parse(text)];
  } catch {
    try {
      return text.split(/\r?\n/).map((line): unknown => JSON.parse(line));
    } catch {
      throw unexpected(command, 'it is not JSON');
    }
  }
}

/** A path into a JSON value: `metadata.name`, `items[0].id`, `metadata.labels["app.kubernetes.io/name"]`. */
const PART = /^(?:\.?([^.[\]]+)|\[(\d+)\]|\["([^"]*)"\])/;

/** The keys of a path; null: it is not one. */
export function partsOf(path: string): readonly string[] | null {
  const parts: string[] = [];
  for (let rest = path; rest !== ''; ) {
    const [whole, name, index, quoted] = PART.exec(rest) ?? [];
    if (whole === undefined) return null;
    parts.push(name ?? index ?? quoted ?? '');
    rest = rest.slice(whole.length);
  }
  return parts;
}

/** The value at the path; null where there is none. */
export function readPath(value: unknown, path: string): unknown {
  let found: unknown = value;
  for (const part of partsOf(path) ?? []) {
    if (found === null || typeof found !== 'object' || !Object.hasOwn(found, part)) return null;
    found = (found as Readonly<Record<string, unknown>>)[part];
  }
  return found ?? null;
}
