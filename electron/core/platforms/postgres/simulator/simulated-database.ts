/** The simulated database: what psql and pg_dump of a drill read and change. */
import { sqlFacts } from '#shared/platforms/postgres/sql-tables.ts';
import { migrationTime } from '#shared/platforms/supabase/migrations.ts';
import type { ScenarioDatabase } from '#core/simulator/scenario-database.ts';

export interface CloudDatabase {
  readonly scenario: ScenarioDatabase;
  readonly migrations: readonly { readonly version: string; readonly name: string }[];
  readonly tables: Readonly<Record<string, number>>;
  /** When a running restore ends. Until then nothing answers. */
  readonly restoringUntil?: number;
}

export const createDatabase = (scenario: ScenarioDatabase): CloudDatabase => ({
  scenario,
  migrations: scenario.migrations,
  tables: { ...scenario.tables, 'supabase_migrations.schema_migrations': scenario.migrations.length },
});

/** Applies a file of statements and removes a history row; both or neither, as in one transaction. */
export function applySql(database: CloudDatabase, sql: string, removed: string | null, mends = false): CloudDatabase {
  const { gone, exists } = sqlFacts(sql);
  const kept = Object.entries(database.tables).filter(([table]) => !gone.includes(table));
  const made = exists.filter((table) => database.tables[table] === undefined).map((table) => [table, 0] as const);
  return {
    ...database,
    scenario: mends ? { ...database.scenario, sqlFailure: null } : database.scenario,
    migrations: database.migrations.filter(({ version }) => version !== removed),
    tables: Object.fromEntries([...kept, ...made]),
  };
}

/** The database as it was at a moment, from the end of the restore on. */
export function restored(database: CloudDatabase, to: number, until: number): CloudDatabase {
  const migrations = database.migrations.filter(({ version }) => (migrationTime(version) ?? 0) <= to);
  return {
    ...database,
    migrations,
    tables: { ...database.scenario.pitr?.tables, 'supabase_migrations.schema_migrations': migrations.length },
    restoringUntil: until,
  };
}
