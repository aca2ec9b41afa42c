/** Reads `supabase backups list`, and checks whether a backup is older than the migration. */
import { durationText } from '../../words/duration.ts';

export interface Backup {
  readonly at: number;
  readonly status: string;
}

export interface BackupList {
  readonly backups: readonly Backup[];
  /** Point-in-time window, ms since the epoch; null when it is not switched on. */
  readonly pitr: { readonly from: number; readonly until: number } | null;
}

/** JSON of supabase 2.x and 3.x (pkg/api/types.gen.go:4464): `backups` may be null. Null: it is something else. */
export function parseBackups(text: string): BackupList | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (value === null || typeof value !== 'object' || !('backups' in value)) return null;
  const { backups, pitr_enabled: enabled, physical_backup_data: physical } = value as Record<string, unknown>;
  const list = Array.isArray(backups) ? backups : [];
  const window = physical !== null && typeof physical === 'object' ? (physical as Record<string, unknown>) : {};
  const [from, until] = [window['earliest_physical_backup_date_unix'], window['latest_physical_backup_date_unix']];
  return {
    backups: list.flatMap(readBackup).sort((a, b) => b.at - a.at),
    pitr:
      enabled === true && typeof from === 'number' && typeof until === 'number'
        ? { from: from * 1_000, until: until * 1_000 }
        : null,
  };
}

function readBackup(value: unknown): readonly Backup[] {
  if (value === null || typeof value !== 'object') return [];
  const { inserted_at: at, status } = value as Record<string, unknown>;
  const time = typeof at === 'string' ? Date.parse(at) : Number.NaN;
  return Number.isNaN(time) ? [] : [{ at: time, status: typeof status === 'string' ? status : '' }];
}

export interface BackupStanding {
  /** False: the person must give a reason to continue. */
  readonly older: boolean;
  readonly why: string;
}

/** `list` null: it could not be read, and `problem` says why. */
export function backupStanding(
  list: BackupList | null,
  migrationAt: number | null,
  problem: string | null = null,
): BackupStanding {
  if (list === null)
    return { older: false, why: `The backups could not be read: ${problem ?? 'nothing was printed'}.` };
  if (migrationAt === null) return { older: false, why: "The migration's version tells no time to compare with." };
  if (list.pitr !== null && list.pitr.from < migrationAt && list.pitr.until > list.pitr.from) {
    const age = durationText(migrationAt - list.pitr.from);
    return { older: true, why: `Point-in-time recovery reaches back ${age} before the migration.` };
  }
  const complete = list.backups.filter(({ status }) => status === 'COMPLETED');
  const older = complete.find(({ at }) => at < migrationAt);
  if (older !== undefined) {
    return { older: true, why: `The newest backup before it is ${durationText(migrationAt - older.at)} older.` };
  }
  const newer =
    complete.length === 1 ? 'The only complete backup is newer' : `All ${complete.length} complete backups are newer`;
  const all = complete.length === 0 ? 'There is no complete backup' : newer;
  return { older: false, why: `${all}: nothing holds the data from before the migration.` };
}

/** The age of a backup relative to the migration: `5 h 45 min before the migration`. */
export const backupAge = ({ at }: Backup, migrationAt: number): string =>
  `${durationText(Math.abs(migrationAt - at))} ${at < migrationAt ? 'before' : 'after'} the migration`;

/** Arguments for supabase 2 or 3, whose options for the target differ; null: an unknown version. */
export function backupListArguments(version: string, project: string): readonly string[] | null {
  const major = Number(/^v?(\d+)\./.exec(version)?.[1] ?? Number.NaN);
  if (major === 2) return ['backups', 'list', '--project-ref', project, '-o', 'json'];
  return major === 3 ? ['backups', 'list', `--remote=${project}`, '-o', 'json'] : null;
}

/** `supabase backups restore` and `projects list`, for versions 2 and 3 of the CLI (facts of 2.104, 2.122 and 3.1.0). */
const major = (version: string): number => Number(/^v?(\d+)\./.exec(version)?.[1] ?? Number.NaN);

/**
 * `to`: ms since the epoch; the CLI takes seconds. Version 3 asks for `--yes`, version 2 has no prompt. Null: unknown
 * version.
 */
export function restoreArguments(version: string, project: string, to: number): readonly string[] | null {
  const seconds = String(Math.floor(to / 1_000));
  if (major(version) === 2) return ['backups', 'restore', '--project-ref', project, '-t', seconds];
  return major(version) === 3 ? ['backups', 'restore', `--remote=${project}`, '-t', seconds, '--yes'] : null;
}

export const projectsArguments = (version: string): readonly string[] | null =>
  major(version) === 2 || major(version) === 3 ? ['projects', 'list', '-o', 'json'] : null;

/** ACTIVE_HEALTHY, RESTORING, ...; null when the list has no such project. */
export function projectStatus(stdout: string, project: string): string | null {
  let list: unknown;
  try {
    list = JSON.parse(stdout);
  } catch {
    return null;
  }
  if (!Array.isArray(list)) return null;
  const found = (list as readonly unknown[]).find(
    (each): each is { readonly status: string } =>
      each !== null &&
      typeof each === 'object' &&
      [(each as { ref?: unknown }).ref, (each as { id?: unknown }).id].includes(project),
  );
  return typeof found?.status === 'string' ? found.status : null;
}
