/** The simulated database: what psql and pg_dump of a drill read and change. */
import { sqlFacts } from '#shared/database/sql-tables.ts';
import type { ScenarioDatabase } from './scenario-database.ts';

export interface WorldDatabase {
  readonly scenario: ScenarioDatabase;
  readonly migrations: readonly { readonly version: string; readonly name: string }[];
  readonly tables: Readonly<Record<string, number>>;
}

export const createDatabase = (scenario: ScenarioDatabase): WorldDatabase => ({
  scenario,
  migrations: scenario.migrations,
  tables: { ...scenario.tables, 'supabase_migrations.schema_migrations': scenario.migrations.length },
});

/** What a file of statements and the removal of a history row leave behind; both or nothing, as in one transaction. */
export function applySql(database: WorldDatabase, sql: string, removed: string | null): WorldDatabase {
  const { gone, exists } = sqlFacts(sql);
  const kept = Object.entries(database.tables).filter(([table]) => !gone.includes(table));
  const made = exists.filter((table) => database.tables[table] === undefined).map((table) => [table, 0] as const);
  return {
    ...database,
    migrations: database.migrations.filter(({ version }) => version !== removed),
    tables: Object.fromEntries([...kept, ...made]),
  };
}
