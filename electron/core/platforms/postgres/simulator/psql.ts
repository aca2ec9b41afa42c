/** The simulated psql: answers Rollbook's readings and runs its rollback (psql 15: exit 1 fatal, 2 connection, 3 script). */
import { resolve } from 'node:path';
import type { Exit } from '#core/ports.ts';
import { readArgumentFile } from '#core/simulator/argument-files.ts';
import { hostOf } from '#core/simulator/scenario-database.ts';
import { exitCode, Interrupted, pause, type ToolCall } from '#core/simulator/tool-call.ts';
import { type PsqlOptions, readPsqlOptions } from './psql-options.ts';
import { applySql, type CloudDatabase } from './simulated-database.ts';

const READING_MS = 250;
const ROLLBACK_MS = 2_500;

export async function psql(call: ToolCall): Promise<Exit> {
  if (call.args.includes('--version')) {
    call.write('stdout', `psql (PostgreSQL) ${call.cloud.read().database?.scenario.serverVersion ?? '15.8'}\n`);
    return exitCode(0);
  }
  try {
    return exitCode(await run(call));
  } catch (thrown) {
    if (!(thrown instanceof Interrupted)) throw thrown;
    call.write('stderr', 'Cancel request sent\nERROR:  canceling statement due to user request\n');
    return exitCode(3);
  }
}

async function run(call: ToolCall): Promise<number> {
  const options = readPsqlOptions(call.args);
  if (options.kind === 'error') {
    call.write('stderr', `psql: ${options.message}\npsql: hint: Try "psql --help" for more information.\n`);
    return 1;
  }
  const database = connected(call, 'psql');
  if (database === null) return 2;
  const { file } = options;
  if (file !== null) return await runFile(call, file, options);
  await pause(call, READING_MS);
  // Each -c is a transaction of its own; the exit code is 1 when the last one failed, or the first with ON_ERROR_STOP.
  let code = 0;
  for (const command of options.commands) {
    code = answer(call, database, command, options);
    if (code !== 0 && options.onErrorStop) return code;
  }
  return code;
}

/** Null after printing why there is no connection. All clients print the same text (libpq 15). */
export function connected(call: ToolCall, tool: string): CloudDatabase | null {
  const { database } = call.cloud.read();
  const { PGHOST: host = '', PGPORT: port = '', PGUSER: user = '', PGPASSWORD: password = '' } = call.env;
  const refuse = (why: string): null => {
    call.write('stderr', `${tool}: error: ${why}\n`);
    return null;
  };
  if (call.cloud.read().scenario.trouble.networkDown) {
    return refuse(`could not translate host name "${host}" to address: Temporary failure in name resolution`);
  }
  if (database === undefined || host !== hostOf(database.scenario) || port !== '5432') {
    return refuse(`could not translate host name "${host}" to address: Name or service not known`);
  }
  if ((database.restoringUntil ?? 0) > call.clock.now())
    return refuse('connection to server failed: Connection refused');
  if (user !== database.scenario.user || password !== database.scenario.password) {
    const at = `connection to server at "${host}" (203.0.113.7), port ${port} failed`;
    return refuse(`${at}: FATAL:  password authentication failed for user "${user}"`);
  }
  return database;
}

/** File and history row together, or nothing: what -c and -f come to under --single-transaction. */
async function runFile(call: ToolCall, file: string, options: PsqlOptions): Promise<number> {
  const named = readArgumentFile(resolve(call.cwd, file));
  if ('why' in named) {
    call.write('stderr', `psql: error: ${file}: ${named.why}\n`);
    return 1;
  }
  const { text: sql } = named;
  await pause(call, ROLLBACK_MS);
  const removed = options.commands.flatMap(
    (command) => /^delete from \S+ where version = '(\w+)'$/.exec(command)?.[1] ?? [],
  );
  const scenario = call.cloud.read().database?.scenario;
  // After a file under fixes/ has run, the rollback file works.
  const isFix = Object.entries(scenario?.files ?? {}).some(([path, text]) => path.startsWith('fixes/') && text === sql);
  const failure = isFix ? null : (scenario?.sqlFailure ?? null);
  call.write('stdout', 'SET\nSET\n');
  if (failure !== null) {
    call.write('stderr', `psql:${file}:${failure.line}: ERROR:  ${failure.message}\n`);
    // Without ON_ERROR_STOP psql goes on and reports success; in one transaction all the rest is then refused as well.
    if (options.onErrorStop) return 3;
    call.write('stdout', options.single ? 'ROLLBACK\n' : '');
    return 0;
  }
  call.cloud.update((cloud) =>
    cloud.database === undefined
      ? cloud
      : { ...cloud, database: applySql(cloud.database, sql, removed[0] ?? null, isFix) },
  );
  call.write('stdout', 'ALTER TABLE\nDROP TABLE\nDELETE 1\n');
  return 0;
}

/** Runs one `-c`: a query of Rollbook, or a person's query of the history and the tables. Returns psql's exit code. */
function answer(
  call: ToolCall,
  database: CloudDatabase,
  command: string,
  { quiet, tuplesOnly }: Pick<PsqlOptions, 'quiet' | 'tuplesOnly'>,
): number {
  const reading = /^\/\* rollbook (\w+) \*\//.exec(command)?.[1];
  if (reading !== undefined) {
    const said = ANSWERS[reading]?.(database, command);
    if (said !== undefined) call.write('stdout', `${said}\n`);
    return 0;
  }
  if (/^set\b/i.test(command)) {
    call.write('stdout', quiet ? '' : 'SET\n');
    return 0;
  }
  const table = /\bfrom\s+"?([\w.]+)"?/i.exec(command)?.[1];
  if (table === undefined) {
    call.write('stderr', `psql: error: the drill simulator does not play this statement: ${command}\n`);
    return 1;
  }
  const name = table.includes('.') ? table : `public.${table}`;
  const rows = database.tables[name];
  if (rows === undefined) {
    const column = command.indexOf(table);
    call.write(
      'stderr',
      `ERROR:  relation "${table}" does not exist\nLINE 1: ${command}\n${' '.repeat('LINE 1: '.length + column)}^\n`,
    );
    return 1;
  }
  if (/count\(\*\)/i.test(command) && tuplesOnly) call.write('stdout', `${rows}\n`);
  else if (/count\(\*\)/i.test(command))
    call.write('stdout', ` count \n-------\n${String(rows).padStart(6)}\n(1 row)\n\n`);
  else if (name === 'supabase_migrations.schema_migrations') {
    const newest = database.migrations.toSorted((a, b) => (a.version < b.version ? 1 : -1)).slice(0, 5);
    call.write('stdout', newest.map(({ version, name: called }) => `${version}|${called}\n`).join(''));
  } else {
    call.write('stderr', `psql: error: the drill simulator does not play this statement: ${command}\n`);
    return 1;
  }
  return 0;
}

type Answer = (database: CloudDatabase, command: string) => string;

const ANSWERS: Readonly<Record<string, Answer>> = {
  identity: ({ scenario }) =>
    JSON.stringify({
      database: scenario.name,
      user: scenario.user,
      address: '203.0.113.7',
      port: 5432,
      version: scenario.serverVersion,
      standby: false,
    }),
  history: ({ migrations }) => JSON.stringify(migrations.toSorted((a, b) => (a.version < b.version ? 1 : -1))),
  catalogue: ({ tables }) => JSON.stringify(Object.keys(tables).sort()),
  counts: ({ tables }, command) => {
    const asked = [...command.matchAll(/select '([^']+)' t,/g)].map(([, table = '']) => table);
    return JSON.stringify(Object.fromEntries(asked.map((table) => [table, tables[table] ?? 0])));
  },
  sessions: () => '[]',
  session: () => JSON.stringify([{ state: 'active', waits: '', blockers: [] }]),
  cancel: () => '0',
};
