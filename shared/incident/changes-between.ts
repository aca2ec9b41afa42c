/** Rule 2: what changed between the chosen release and the one that runs, as far as it is known. */
import { releaseName } from '#shared/platforms/release-name.ts';
import { takenBack, type TakenBack } from '#shared/platforms/fly/undone-releases.ts';
import type { PayloadOf } from './event.ts';
import type { IncidentState } from './state.ts';
import { serviceState } from './services.ts';

export interface ChangesBetween {
  readonly releases: readonly TakenBack[];
  /** Commits and migrations; null when they were not looked up yet. */
  readonly read: PayloadOf<'changes.read'> | null;
  /** A release names a migration, or one was found; shown in red. */
  readonly migration: boolean;
}

/** null while no release is chosen for the service. */
export function changesBetween(state: IncidentState, service: string): ChangesBetween | null {
  const own = serviceState(state, service);
  const several = own.choice !== null;
  const choice = several ? own.choice : service === state.declared.service ? state.choice : null;
  const listed = (several ? own.releases : state.releases)?.releases ?? [];
  if (choice === null) return null;
  const releases = takenBack(listed, choice.version);
  const found = state.after.changes[service] ?? null;
  // A reading made for another choice does not count.
  const read = found?.to === choice.version ? found : null;
  const migration = releases.some((release) => release.migration) || (read?.migrations?.length ?? 0) > 0;
  return { releases, read, migration };
}

/** As lines of plain text, for the terminal. */
export function changesLines({ releases, read, migration }: ChangesBetween): readonly string[] {
  const lines = releases.map(
    ({ version, label, description, user, createdAt, sameImage, migration: says }) =>
      [
        releaseName({ version, label }),
        createdAt === null ? '' : `${new Date(createdAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
        user === '' || description === '' ? user : `${user}:`,
        description,
      ]
        .filter((word) => word !== '')
        .join(' ') + `${sameImage ? ' (same image: only secrets or settings)' : ''}${says ? ' (MIGRATION)' : ''}`,
  );
  const commits =
    read?.commits == null
      ? `Commits: not known. ${read?.commitsNote ?? 'Not looked up yet.'}`
      : `Commits: ${read.commits.length}. ${read.commitsNote}`;
  const migrations =
    read?.migrations == null
      ? `Migrations: not known. ${read?.migrationsNote ?? 'Not looked up yet.'}`
      : `Migrations: ${read.migrations.map(({ version, name }) => `${version} ${name}`.trim()).join(', ') || 'none'}. ${read.migrationsNote}`;
  return [
    ...lines,
    ...(read?.commits ?? []).map(({ hash, subject }) => `  ${hash.slice(0, 8)} ${subject}`),
    commits,
    migrations,
    ...(migration ? ['A MIGRATION IS IN BETWEEN: the older code would run on a newer schema.'] : []),
  ];
}
