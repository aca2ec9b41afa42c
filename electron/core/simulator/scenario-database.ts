/** The database part of a drill scenario, and the drill's replacement of this machine's settings and files. */
import { z } from 'zod';
import type { DrillFixtures } from '#core/ports.ts';

const time = z.iso.datetime().transform((text) => Date.parse(text));

export const databaseSchema = z.strictObject({
  project: z.string().regex(/^[a-z]{20}$/),
  /** The project's name, which supabase 3 prints with its ref. */
  title: z.string().default('hotdash-production'),
  name: z.string().default('postgres'),
  user: z.string().default('postgres'),
  /** Made up for the drill, so it is not a secret. */
  password: z.string().min(1),
  serverVersion: z.string(),
  supabaseVersion: z.string(),
  /** The target that supabase 3 prints; by default the project it was given. */
  supabaseTarget: z.string().optional(),
  migrations: z.array(z.strictObject({ version: z.string(), name: z.string() })),
  /** Rows by `schema.table`. */
  tables: z.record(z.string(), z.number().int().nonnegative()),
  backups: z.array(z.strictObject({ id: z.number(), at: time, status: z.string() })),
  /** The moments that can be restored, and the tables at that time; absent: point-in-time recovery is off. */
  pitr: z
    .strictObject({ from: time, until: time, tables: z.record(z.string(), z.number().int().nonnegative()) })
    .optional(),
  /** The reviewed SQL files, text by path. */
  files: z.record(z.string(), z.string()),
  /** The error of the SQL, as psql prints it after file and line; null: it works. */
  sqlFailure: z.strictObject({ line: z.number().int().positive(), message: z.string() }).nullable(),
});

export type ScenarioDatabase = z.infer<typeof databaseSchema>;

export const hostOf = ({ project }: ScenarioDatabase): string => `db.${project}.supabase.co`;

export function fixturesOf(database: ScenarioDatabase): DrillFixtures {
  const { user, password, name } = database;
  const url = `postgresql://${user}:${encodeURIComponent(password)}@${hostOf(database)}:5432/${name}`;
  return { environment: { DATABASE_URL: url }, files: database.files };
}

/** Versions of the additional tools of a drill with a database. */
export const databaseVersions = (database: ScenarioDatabase): Readonly<Record<string, string>> => ({
  psql: database.serverVersion,
  pg_dump: database.serverVersion,
  pg_restore: database.serverVersion,
  supabase: database.supabaseVersion,
});
