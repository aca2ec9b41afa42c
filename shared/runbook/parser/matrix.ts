import type { Table, TableRow } from 'mdast';
import { gap, type Reading } from './content.ts';
import { parseTimeframe } from '../../words/duration.ts';
import type { FrontMatterReading } from './front-matter.ts';
import type { MatrixRow, Procedure } from '../model.ts';
import type { OutlineEntry } from './outline.ts';
import { plainText } from './nodes.ts';
import { parseSeverity } from './severity.ts';

const COLUMNS = {
  severity: /^(?:severity|sev|priority|level|class)\b/i,
  condition: /^(?:conditions?|triggers?|symptoms?|situation|signal|when|if|what happens)\b/i,
  action: /^(?:actions?|decision|response|do|what to do|reaction)\b/i,
  timeframe: /^(?:time ?frame|time(?: limit)?|targets?|within|deadline|sla|by)\b/i,
} as const;

type Column = keyof typeof COLUMNS;

/** Reads the rows of every table that has the four columns, with the procedures they lead to. */
export function readMatrix(
  entries: readonly OutlineEntry[],
  procedures: readonly Procedure[],
  front: FrontMatterReading,
  reading: Reading,
): readonly MatrixRow[] {
  const tables = entries.flatMap(({ nodes }) => nodes.filter((node): node is Table => node.type === 'table'));
  const rows = tables.flatMap((table) => readTable(table, reading));
  return linkProcedures(rows, procedures, front, reading);
}

function readTable(table: Table, reading: Reading): readonly MatrixRow[] {
  const [header, ...body] = table.children;
  const titles = header?.children.map((cell) => plainText(cell).trim()) ?? [];
  const find = (column: Column): number => titles.findIndex((title) => COLUMNS[column].test(title));
  const columns = {
    severity: find('severity'),
    condition: find('condition'),
    action: find('action'),
    timeframe: find('timeframe'),
  };
  return Object.values(columns).includes(-1) ? [] : body.map((row) => readRow(row, columns, reading));
}

function readRow(row: TableRow, columns: Readonly<Record<Column, number>>, reading: Reading): MatrixRow {
  const cell = (column: Column): string => {
    const found = row.children[columns[column]];
    return found === undefined ? '' : plainText(found).replace(/\s+/g, ' ').trim();
  };
  const start = row.position?.start.offset ?? 0;
  const place = reading.lines.place(start, row.position?.end.offset ?? start);
  const severity = parseSeverity(cell('severity'));
  if (severity === null) {
    gap(
      reading,
      place.line,
      'unknown-severity',
      `The severity "${cell('severity')}" is not known; P0 is assumed.`,
      'Write P0, P1, P2 or P3.',
    );
  }
  const timeframe = parseTimeframe(cell('timeframe'));
  if (timeframe.ms === null && !timeframe.meant) {
    gap(
      reading,
      place.line,
      'no-clock',
      `The timeframe "${cell('timeframe')}" is not a duration, so the row has no clock.`,
      'Write it as <5 min or <1 hour, or "Next release" for no clock.',
    );
  }
  const target = { text: cell('timeframe'), ms: timeframe.ms };
  return {
    ...place,
    severity: severity ?? 'P0',
    condition: cell('condition'),
    action: cell('action'),
    target,
    procedures: [],
  };
}

function linkProcedures(
  rows: readonly MatrixRow[],
  procedures: readonly Procedure[],
  { front, lineOf }: FrontMatterReading,
  reading: Reading,
): readonly MatrixRow[] {
  const known = new Set(procedures.map(({ id }) => id));
  const settings = (front?.matrix ?? []).map((setting, index) => ({ ...setting, flat: flat(setting.match), index }));
  const conditions = rows.map(({ condition }) => flat(condition));
  for (const { match, procedures: named, ...setting } of settings) {
    const line = lineOf(['matrix', setting.index]);
    if (!conditions.some((condition) => condition.includes(setting.flat))) {
      gap(
        reading,
        line,
        'row-not-found',
        `No row of the matrix contains "${match}".`,
        'Copy the words from the condition column.',
      );
    }
    for (const id of named.filter((name) => !known.has(name))) {
      gap(
        reading,
        line,
        'procedure-not-found',
        `There is no procedure "${id}".`,
        `Known: ${[...known].join(', ') || 'none'}.`,
      );
    }
  }
  return rows.map((row, index) => {
    const setting = settings.find((one) => conditions[index]?.includes(one.flat));
    if (setting !== undefined) return { ...row, procedures: setting.procedures.filter((id) => known.has(id)) };
    const inferred = inferProcedures(row, procedures);
    if (inferred.length === 0 && rollsBack(row.action)) {
      gap(
        reading,
        row.line,
        'row-without-procedure',
        `Nothing says which procedure "${row.condition}" leads to.`,
        'Add it under `matrix:` in the front matter.',
      );
    }
    return { ...row, procedures: inferred };
  });
}

const flat = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();

function rollsBack(action: string): boolean {
  return /roll[ -]?back|revert|undo|restore/i.test(action);
}

const APPLICATION = /\b(?:app|application|service|deploy(?:ment)?|release|code|version)\b/i;
const DATABASE = /\b(?:database|db|data|migration|schema)\b/i;

/** By words: a failing application leads to its procedure, lost data to that and the one for the database. */
function inferProcedures(row: MatrixRow, procedures: readonly Procedure[]): readonly string[] {
  if (!rollsBack(row.action)) return [];
  if (procedures.length === 1) return procedures.map(({ id }) => id);
  const program = procedures.filter(({ title }) => !DATABASE.test(title));
  const application =
    program.find(({ title }) => APPLICATION.test(title)) ?? program.find(({ title }) => rollsBack(title));
  const database = procedures.find(({ title }) => DATABASE.test(title));
  if (/data (?:loss|corruption)|corrupt|lost data|migration/i.test(row.condition))
    return [application, database].flatMap((found) => found?.id ?? []);
  const fails =
    /outage|cannot|down|unavailable|error|latency|response|slow|block|vulnerab|exploit|breach|fail|crash|timeout|5xx|login/i;
  return application !== undefined && fails.test(row.condition) ? [application.id] : [];
}
