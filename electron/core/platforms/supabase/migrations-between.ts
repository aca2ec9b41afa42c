/**
 * Finds the migrations between two releases (rule 2) in two sources: the files of the checkout and the history in the
 * database. Either may be unavailable; the notes say so.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { toFailure } from '#shared/api/result.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import { connectionEnvironment } from '#shared/platforms/postgres/connection.ts';
import { queryOf, readingArguments } from '#shared/platforms/postgres/queries.ts';
import { declaredElsewhere, targetText } from '#shared/platforms/postgres/target.ts';
import { type Migration, migrationTime } from '#shared/platforms/supabase/migrations.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import { quietRead } from '#core/engine/quiet-read.ts';
import { declaredConnection } from '#core/platforms/postgres/connection.ts';
import { HISTORY } from '#core/platforms/postgres/readings.ts';

/** When the release to go back to was made, and when the newest one was; ms since the epoch. */
interface Between {
  readonly since: number;
  readonly until: number;
}

/** What a source says. `found` null: it could not be read, and the note says why. */
interface Source {
  readonly found: readonly Migration[] | null;
  readonly note: string;
}

type Read = Pick<PayloadOf<'changes.read'>, 'migrations' | 'migrationsNote'>;

/** Reads both, each for at most `limitMs`. Never rejects: errors are in the notes. */
export async function readMigrations(
  context: IncidentContext,
  { since, until }: Between,
  limitMs: number,
): Promise<Read> {
  const [files, history] = await Promise.all([askCheckout(context), askDatabase(context, limitMs)]);
  const between = ({ version }: Migration): boolean => {
    const at = migrationTime(version);
    return at !== null && at > since && at <= until;
  };
  const inFiles = files.found?.filter(between) ?? null;
  const applied = history.found?.filter(between) ?? null;
  const notes = [files.note, history.note, ...unlike(inFiles, applied)];
  if (inFiles === null && applied === null) return { migrations: null, migrationsNote: notes.join(' ') };
  const names = new Map<string, string>();
  for (const { version, name } of [...(inFiles ?? []), ...(applied ?? [])]) {
    names.set(version, names.get(version) || name);
  }
  const migrations = [...names].map(([version, name]) => ({ version, name }));
  return { migrations: migrations.sort((a, b) => (a.version < b.version ? -1 : 1)), migrationsNote: notes.join(' ') };
}

/** Notes on the differences between the two sources, if both could be read. */
function unlike(inFiles: readonly Migration[] | null, applied: readonly Migration[] | null): readonly string[] {
  if (inFiles === null || applied === null) return [];
  const missingIn = (one: readonly Migration[], other: readonly Migration[]): string =>
    other
      .filter(({ version }) => !one.some((each) => each.version === version))
      .map(({ version }) => version)
      .join(', ');
  const [waiting, unknown] = [missingIn(applied, inFiles), missingIn(inFiles, applied)];
  return [
    ...(waiting === '' ? [] : [`Not applied in the database: ${waiting}.`]),
    ...(unknown === '' ? [] : [`Applied, without a file in the checkout: ${unknown}.`]),
  ];
}

async function askCheckout({ checkout }: IncidentContext): Promise<Source> {
  if (checkout === null) {
    return { found: null, note: 'No checkout of the repository is set for this runbook on this machine.' };
  }
  const names = await readdir(join(checkout, 'supabase', 'migrations')).catch(() => null);
  if (names === null) return { found: null, note: 'The checkout has no supabase/migrations that could be read.' };
  const found = names.flatMap((file) => {
    const [, version, name = ''] = /^(\d{14})_?(.*)\.sql$/.exec(file) ?? [];
    return version === undefined ? [] : [{ version, name }];
  });
  return { found, note: 'By the dates of the files in supabase/migrations of the checkout.' };
}

/** Reads the history of the declared database. Does not connect to an address that leads elsewhere. */
async function askDatabase(context: IncidentContext, limitMs: number): Promise<Source> {
  if (context.runbook.settings.database === undefined)
    return { found: null, note: 'The runbook declares no database that could be asked.' };
  const unavailable = (why: string): Source => ({ found: null, note: `The database was not asked: ${why}` });
  try {
    await context.secrets?.ensure();
    const { connection, declared } = declaredConnection(context);
    const elsewhere = declaredElsewhere(connection, declared);
    if (elsewhere.length > 0) return unavailable(elsewhere.join(' '));
    if (connection.database !== declared.name) {
      return unavailable(`the runbook means ${declared.name}, the address leads to ${connection.database}.`);
    }
    const answer = await quietRead(context, ['psql', ...readingArguments(queryOf('history'))], {
      timeoutMs: limitMs,
      signal: context.letGo,
      // A session name that is not counted as a session at work in the database.
      variables: connectionEnvironment(connection, 'look changes'),
    });
    if (answer === null) return unavailable('psql is not on PATH.');
    if (answer.code !== 0) return unavailable('psql could not read its migration history.');
    const where = targetText({ ...connection, name: connection.database });
    const found = HISTORY.parse(JSON.parse(answer.stdout));
    return { found, note: `By the dates of the newest ${found.length} in the migration history of ${where}.` };
  } catch (thrown) {
    return unavailable(toFailure(thrown).message);
  }
}
