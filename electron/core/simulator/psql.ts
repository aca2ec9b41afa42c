/** The simulated psql: answers Rollbook's readings and runs its rollback (psql 15: exit 1 fatal, 2 connection, 3 script). */
import { readFileSync } from 'node:fs';
import type { Exit } from '#core/ports.ts';
import { hostOf } from './scenario-database.ts';
import { exitCode, Interrupted, pause, type ToolCall } from './tool-call.ts';
import { applySql, type WorldDatabase } from './world-database.ts';

const READING_MS = 250;
const ROLLBACK_MS = 2_500;

export async function psql(call: ToolCall): Promise<Exit> {
  if (call.args.includes('--version')) {
    call.write('stdout', `psql (PostgreSQL) ${call.world.read().database?.scenario.serverVersion ?? '15.8'}\n`);
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
  const database = connected(call, 'psql');
  if (database === null) return 2;
  const { commands, file } = options(call.args);
  if (file !== null) return await runFile(call, file, commands);
  await pause(call, READING_MS);
  for (const command of commands) {
    const reading = /^\/\* rollbook (\w+) \*\//.exec(command)?.[1];
    if (reading === undefined) continue;
    const answer = ANSWERS[reading]?.(database, command);
    if (answer !== undefined) call.write('stdout', `${answer}\n`);
  }
  return 0;
}

/** null after having said why there is no connection; the same words for every client (libpq 15). */
export function connected(call: ToolCall, tool: string): WorldDatabase | null {
  const { database } = call.world.read();
  const { PGHOST: host = '', PGPORT: port = '', PGUSER: user = '', PGPASSWORD: password = '' } = call.env;
  const refuse = (why: string): null => {
    call.write('stderr', `${tool}: error: ${why}\n`);
    return null;
  };
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

function options(args: readonly string[]): { readonly commands: readonly string[]; readonly file: string | null } {
  const valuesOf = (flag: string): readonly string[] =>
    args.flatMap((value, index) => (args[index - 1] === flag ? [value] : []));
  return { commands: valuesOf('-c'), file: valuesOf('-f')[0] ?? null };
}

/** File and history row together, or nothing: what -c and -f come to under --single-transaction. */
async function runFile(call: ToolCall, file: string, commands: readonly string[]): Promise<number> {
  const sql = readFileSync(file, 'utf8');
  await pause(call, ROLLBACK_MS);
  const removed = commands.flatMap((command) => /^delete from \S+ where version = '(\w+)'$/.exec(command)?.[1] ?? []);
  // A file by hand removes no history row; it is what makes the other one work.
  const failure = removed.length === 0 ? null : (call.world.read().database?.scenario.sqlFailure ?? null);
  call.write('stdout', 'SET\nSET\n');
  if (failure !== null) {
    call.write('stderr', `psql:${file}:${failure.line}: ERROR:  ${failure.message}\n`);
    return 3;
  }
  call.world.update((world) =>
    world.database === undefined ? world : { ...world, database: applySql(world.database, sql, removed[0] ?? null) },
  );
  call.write('stdout', 'ALTER TABLE\nDROP TABLE\nDELETE 1\n');
  return 0;
}

type Answer = (database: WorldDatabase, command: string) => string;

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
  cancel: () => '0',
};
