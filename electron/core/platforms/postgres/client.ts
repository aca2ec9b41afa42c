/** Calls of PostgreSQL's client tools on the declared database. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RollbookError } from '#shared/api/result.ts';
import { queryOf, type Reading, readingArguments } from '#shared/platforms/postgres/queries.ts';
import type { Step } from '#shared/runbook/model.ts';
import { shellQuote } from '#shared/runbook/shell-quote.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import type { Runnable } from '#core/engine/prepare-run.ts';
import { type Ran, runCommand } from '#core/engine/run-command.ts';
import { failedRead } from '#core/engine/run-reads.ts';
import { clientEnvironment } from './connection.ts';

export interface ClientCall {
  /** Names the run within its step. */
  readonly name: string;
  readonly tool: 'psql' | 'pg_dump' | 'pg_restore';
  readonly args: readonly string[];
  /** ms; 30 s by default. */
  readonly timeoutMs?: number;
}

/** Runs a read-only call to its end, whatever its exit code. Codes: those of runCommand and declaredConnection. */
export async function runClient(context: IncidentContext, step: Step, call: ClientCall, actor: string): Promise<Ran> {
  const command: Runnable = {
    id: `${step.id}#${call.name}`,
    text: shellQuote([call.tool, ...call.args]),
    tool: call.tool,
    form: 'words',
    line: step.line,
    effect: 'read',
    usualMs: null,
    timeoutMs: call.timeoutMs ?? 30_000,
  };
  return await runCommand(context, step, command, actor, { environment: clientEnvironment(context) });
}

/**
 * Runs SQL as `command`. psql reads a private copy, because the file could be saved again while it is read.
 * Codes: those of runCommand and declaredConnection.
 */
export async function runSqlCopy(
  context: IncidentContext,
  step: Step,
  command: Omit<Runnable, 'text' | 'form' | 'effect'>,
  sql: { readonly name: string; readonly text: string; readonly argumentsFor: (path: string) => readonly string[] },
  actor: string,
): Promise<Ran> {
  const folderName = `sql-${context.newId()}`;
  const copy = join(await context.folders.make(folderName), sql.name);
  try {
    await writeFile(copy, sql.text, { mode: 0o600, flag: 'wx' });
    const text = shellQuote(['psql', ...sql.argumentsFor(copy)]);
    const psql: Runnable = { ...command, text, form: 'words', effect: 'change' };
    return await runCommand(context, step, psql, actor, { environment: clientEnvironment(context) });
  } finally {
    await context.folders.remove(folderName);
  }
}

/**
 * Runs one of Rollbook's queries and returns its JSON. Codes: `unexpected-output`, `environment`, and those of runClient.
 */
export async function takeReading(
  context: IncidentContext,
  step: Step,
  reading: Reading,
  actor: string,
  tables: readonly string[] = [],
): Promise<unknown> {
  const args = readingArguments(queryOf(reading, tables));
  const ran = await runClient(context, step, { name: reading, tool: 'psql', args }, actor);
  if (ran.exit.kind !== 'code' || ran.exit.code !== 0) throw failedRead(context, ran.runId, `psql (${reading})`);
  try {
    return JSON.parse(ran.stdout);
  } catch {
    throw new RollbookError(
      'unexpected-output',
      `psql did not print JSON for the query "${reading}".`,
      'Look at the output of the run; PATH may have another psql.',
    );
  }
}
