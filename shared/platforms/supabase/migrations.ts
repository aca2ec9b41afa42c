/** The migration history (`supabase_migrations.schema_migrations`) and which entry is to be undone. */
import { durationText } from '#shared/words/duration.ts';

export interface Migration {
  readonly version: string;
  readonly name: string;
}

export interface MigrationVerdict {
  readonly version: string;
  readonly verdict: 'proposed' | 'buried';
  readonly why: string;
}

/** The moment in a version of the form yyyymmddhhmmss (UTC): when the migration was made, at latest when it ran. */
export function migrationTime(version: string): number | null {
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(version)?.slice(1).map(Number);
  if (parts === undefined) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return null;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * A verdict for each migration, newest first as given. Only the newest can be undone, since later ones build on earlier
 * ones.
 */
export function judgeMigrations(migrations: readonly Migration[], detectedAt: number): readonly MigrationVerdict[] {
  const [newest] = migrations;
  return migrations.map(({ version }, index) => {
    if (index > 0) {
      const why = `${index === 1 ? 'One migration' : `${index} migrations`} came after it: undo ${newest?.version} first.`;
      return { version, verdict: 'buried', why };
    }
    const at = migrationTime(version);
    if (at === null) return { version, verdict: 'proposed', why: 'The newest; its version tells no time.' };
    const ms = detectedAt - at;
    const when = ms >= 0 ? `${durationText(ms)} before` : `${durationText(-ms)} after`;
    return { version, verdict: 'proposed', why: `The newest, made ${when} the trouble was detected.` };
  });
}

/** A text that identifies a history, to detect changes between the choice and the rollback. */
export const historyFingerprint = (migrations: readonly Migration[]): string =>
  migrations.map(({ version, name }) => `${version} ${name}`).join('\n');

/** The usual path of the file that undoes a migration, outside supabase/migrations. */
export const usualSqlFile = ({ version, name }: Migration): string =>
  `rollbacks/${version}${name === '' ? '' : `_${name}`}.sql`;
