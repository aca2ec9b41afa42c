/** The database behind a variable: its address is taken apart, and its password goes into the environment of a child only. */
import { type Connection, connectionEnvironment, readConnection } from '#shared/platforms/postgres/connection.ts';
import { shellQuote } from '#shared/runbook/shell-quote.ts';
import { RollbookError } from '#shared/contract/result.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import { givenTo } from '#core/engine/values.ts';

/** How a run of ours shows itself in pg_stat_activity. */
export const sessionName = (runId: string): string => `rollbook ${runId}`;

/** Codes: `bad-arguments`, `not-allowed` (pooler), `environment` (the variable is not set). */
export function connectionNamed(context: IncidentContext, name: string): Connection {
  const own = context.adapter.name === 'simulated' ? context.adapter.fixtures?.environment : context.environment;
  const text = givenTo(context.eventLog.state, context.secretsGiven)(name) ?? own?.[name];
  if (text === undefined || text === '') {
    throw new RollbookError(
      'environment',
      `$${name} is not set where Rollbook was started.`,
      `Set it to the direct connection string of the database and start Rollbook again.`,
    );
  }
  const connection = readConnection(text, name);
  context.outputs.learn([text, connection.password]);
  return connection;
}

/** Where a run goes, as assignments in front of it: everything but the password. */
export function connectionShown(connection: Connection): string {
  const { PGPASSWORD: _, ...open } = connectionEnvironment(connection, '');
  return ['PGHOST', 'PGPORT', 'PGUSER', 'PGDATABASE', 'PGSSLMODE']
    .flatMap((name) => (open[name] === undefined ? [] : [`${name}=${shellQuote([open[name]])}`]))
    .join(' ');
}
