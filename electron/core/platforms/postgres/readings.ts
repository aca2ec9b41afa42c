/** Rollbook's queries of a database, with checked results. Codes of all: those of takeReading. */
import { z } from 'zod';
import { RollbookError } from '#shared/api/result.ts';
import { type DatabaseTarget, type ServerFacts, targetOf } from '#shared/platforms/postgres/target.ts';
import type { Migration } from '#shared/platforms/supabase/migrations.ts';
import type { Step } from '#shared/runbook/model.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import { takeReading } from './client.ts';
import { declaredConnection } from './connection.ts';

const SERVER = z.object({
  database: z.string(),
  user: z.string(),
  address: z.string().nullable(),
  port: z.number().nullable(),
  version: z.string(),
  standby: z.boolean(),
});
export const HISTORY = z.array(z.object({ version: z.string(), name: z.string() }));
const TABLES = z.array(z.string());
const COUNTS = z.record(z.string(), z.number());
const SESSIONS = z.array(z.object({ pid: z.number(), application: z.string() }));

/** Limit of tables that are counted, since counting reads the whole table. */
const COUNTED_MAX = 100;

function shaped<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new RollbookError('unexpected-output', `psql printed an unexpected ${what}.`, 'Look at the output of the run.');
}

export async function readTarget(
  context: IncidentContext,
  step: Step,
  actor: string,
): Promise<{ readonly target: DatabaseTarget; readonly server: ServerFacts }> {
  const { connection } = declaredConnection(context);
  const server = shaped(SERVER, await takeReading(context, step, 'identity', actor), 'identity of the server');
  return { target: targetOf(connection, server), server };
}

/** The newest twenty migrations, newest first. */
export const readHistory = async (context: IncidentContext, step: Step, actor: string): Promise<readonly Migration[]> =>
  shaped(HISTORY, await takeReading(context, step, 'history', actor), 'migration history');

export const readCatalogue = async (context: IncidentContext, step: Step, actor: string): Promise<readonly string[]> =>
  shaped(TABLES, await takeReading(context, step, 'catalogue', actor), 'list of tables');

export const readSessions = async (context: IncidentContext, step: Step, actor: string) =>
  shaped(SESSIONS, await takeReading(context, step, 'sessions', actor), 'list of sessions');

export const readCounts = async (
  context: IncidentContext,
  step: Step,
  actor: string,
  tables: readonly string[],
): Promise<Readonly<Record<string, number>>> =>
  shaped(COUNTS, await takeReading(context, step, 'counts', actor, tables.slice(0, COUNTED_MAX)), 'count of rows');

/** Counts the rows of the tables in the schemas that the chosen file changes; null: that took too long. */
export async function countBefore(
  context: IncidentContext,
  step: Step,
  actor: string,
  catalogue: readonly string[],
): Promise<Readonly<Record<string, number>> | null> {
  const { affected = [], gone = [] } = context.eventLog.state.database.choice?.sql ?? {};
  const schemas = new Set(affected.map(schemaOf));
  const there = catalogue.filter((table) => schemas.has(schemaOf(table)));
  // Affected tables first, so that the limit does not leave them out.
  const ordered = there.toSorted((a, b) => Number(affected.includes(b)) - Number(affected.includes(a)));
  const surviving = ordered.filter((table) => !gone.includes(table));
  for (const tables of [ordered, surviving.filter((table) => affected.includes(table))]) {
    try {
      return await readCounts(context, step, actor, tables);
    } catch (thrown) {
      // A table that is too large to count must not prevent the rollback.
      if (!(thrown instanceof RollbookError) || thrown.code !== 'environment') throw thrown;
    }
  }
  return null;
}

const schemaOf = (table: string): string => table.slice(0, table.indexOf('.'));
