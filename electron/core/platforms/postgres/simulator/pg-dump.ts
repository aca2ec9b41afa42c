/** The simulated pg_dump and pg_restore: a dump of a drill holds the names of its tables and nothing else. */
import { resolve } from 'node:path';
import type { Exit } from '#core/ports.ts';
import { readArgumentFile, writeArgumentFile } from '#core/simulator/argument-files.ts';
import { exitCode, pause, type ToolCall } from '#core/simulator/tool-call.ts';
import { connected } from './psql.ts';

const DUMP_MS = 4_000;
const MAGIC = 'PGDMP drill ';

export async function pgDump(call: ToolCall): Promise<Exit> {
  const database = connected(call, 'pg_dump');
  if (database === null) return exitCode(1);
  await pause(call, DUMP_MS);
  const file = valuesOf(call.args, '-f')[0];
  const asked = valuesOf(call.args, '-t').map((name) => name.replaceAll('"', ''));
  const tables = Object.keys(database.tables).filter((table) => asked.length === 0 || asked.includes(table));
  if (file === undefined || tables.length === 0) {
    call.write('stderr', 'pg_dump: error: no matching tables were found\n');
    return exitCode(1);
  }
  const why = writeArgumentFile(resolve(call.cwd, file), `${MAGIC}${JSON.stringify(tables)}\n`, 'nothing');
  if (why === null) return exitCode(0);
  call.write('stderr', `pg_dump: error: could not open output file "${file}": ${why}\n`);
  return exitCode(1);
}

export async function pgRestore(call: ToolCall): Promise<Exit> {
  const file = valuesOf(call.args, '-l')[0] ?? '';
  const failed = (why: string): Exit => {
    call.write('stderr', `pg_restore: error: ${why}\n`);
    return exitCode(1);
  };
  const named = readArgumentFile(resolve(call.cwd, file));
  if ('why' in named) return failed(`could not open input file "${file}": ${named.why}`);
  const { text } = named;
  if (!text.startsWith(MAGIC)) {
    // It looks at the first 512 bytes.
    return failed(`input file does not appear to be a valid archive${text.length < 512 ? ' (too short?)' : ''}`);
  }
  const tables = JSON.parse(text.slice(MAGIC.length)) as readonly string[];
  call.write('stdout', `;\n; Archive created\n;     TOC Entries: ${tables.length}\n;     Format: CUSTOM\n;\n`);
  tables.forEach((table, index) => {
    call.write('stdout', `${3_700 + index}; 0 ${16_400 + index} TABLE DATA ${table.replace('.', ' ')} postgres\n`);
  });
  return exitCode(0);
}

const valuesOf = (args: readonly string[], flag: string): readonly string[] =>
  args.flatMap((value, index) => (args[index - 1] === flag ? [value] : []));
