/** Finds the database of a command. Its password is passed only in the environment of the child process. */
import { RollbookError } from '#shared/api/result.ts';
import { targetsIn } from '#shared/platforms/postgres/client-arguments.ts';
import { type Connection, connectionEnvironment, readConnection } from '#shared/platforms/postgres/connection.ts';
import type { DatabaseSettings } from '#shared/platforms/postgres/target.ts';
import { shellQuote } from '#shared/runbook/shell-quote.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import { givenTo, sessionName } from '#core/engine/values.ts';
import type { Platform } from '../platform.ts';

/** The connection in a variable. Codes: `bad-arguments`, `not-allowed` (pooler), `environment` (the variable is not set). */
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

/** The database that the runbook declares. Codes: as connectionNamed, and `bad-arguments` when it declares none. */
export function declaredConnection(context: IncidentContext): {
  readonly connection: Connection;
  readonly declared: DatabaseSettings;
} {
  const declared = context.runbook.settings.database;
  if (declared === undefined) {
    throw new RollbookError(
      'bad-arguments',
      'The runbook does not say which database it means.',
      'Declare `database: { url, project, name }` in its front matter.',
    );
  }
  return { connection: connectionNamed(context, declared.url), declared };
}

/** Returns the PG* variables for a run on the declared database. Codes: as declaredConnection. */
export function clientEnvironment(context: IncidentContext): (runId: string) => Readonly<Record<string, string>> {
  const { connection } = declaredConnection(context);
  return (runId) => connectionEnvironment(connection, sessionName(runId));
}

/**
 * The connection of a command with `db=NAME`. Codes: as connectionNamed, and `bad-arguments` when the command itself
 * names a target too.
 */
export const connect: NonNullable<Platform['connect']> = (context, { database, text }, session) => {
  if (database === undefined) return null;
  // The target in the command would override the shown one.
  if (targetsIn(text).length > 0) {
    throw new RollbookError(
      'bad-arguments',
      `\`${text}\` names a database itself, and its fence says db=${database}.`,
      'Remove it from the command. Nothing was run.',
    );
  }
  const connection = connectionNamed(context, database);
  return { environment: connectionEnvironment(connection, session), shown: shown(connection) };
};

function shown(connection: Connection): string {
  const { PGPASSWORD: _, ...open } = connectionEnvironment(connection, '');
  return ['PGHOST', 'PGPORT', 'PGUSER', 'PGDATABASE', 'PGSSLMODE']
    .flatMap((name) => (open[name] === undefined ? [] : [`${name}=${shellQuote([open[name]])}`]))
    .join(' ');
}
