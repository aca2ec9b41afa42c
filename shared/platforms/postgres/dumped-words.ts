/** What a dump holds: "2 tables and the migration history"; the history row is taken back with the tables. */
import { count } from '../../words/count.ts';
import { HISTORY_TABLE } from './queries.ts';

export function dumpedWords(tables: readonly string[]): string {
  const own = tables.filter((table) => table !== HISTORY_TABLE);
  return own.length === tables.length
    ? count(own.length, 'table')
    : `${count(own.length, 'table')} and the migration history`;
}
