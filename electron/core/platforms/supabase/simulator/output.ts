/** What supabase prints: tables as glamour draws them, and the blocks of JSON (2.104.0 and 3.1.0, seen on the real ones). */
import type { ScenarioDatabase } from '#core/simulator/scenario-database.ts';

/** A table between empty lines, two spaces before each row. */
function glamourTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    widths.map((width, column) => ` ${(row[column] ?? '').padEnd(width)} `).join('|');
  const rule = widths.map((width) => '-'.repeat(width + 2)).join('|');
  const lines = [line(header), rule, ...rows.map(line)].map((each) => `  ${each}`);
  return `\n  \n${lines.join('\n')}\n\n`;
}

const second = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

export const REGION = { code: 'us-east-1', name: 'East US (North Virginia)' } as const;
const CREATED_AT = Date.parse('2025-01-01T00:00:00Z');

/** `isThree`: version 3 prints an empty list, where version 2 prints null. */
export function backupsJson({ backups, pitr }: ScenarioDatabase, isThree: boolean): string {
  const rows = backups.map(({ id, at, status }) => ({
    id,
    inserted_at: new Date(at).toISOString().replace('.000Z', 'Z'),
    is_physical_backup: true,
    status,
  }));
  return json({
    backups: rows.length === 0 && !isThree ? null : rows,
    physical_backup_data:
      pitr === undefined
        ? {}
        : {
            earliest_physical_backup_date_unix: pitr.from / 1_000,
            latest_physical_backup_date_unix: pitr.until / 1_000,
          },
    pitr_enabled: pitr !== undefined,
    region: REGION.code,
    walg_enabled: true,
  });
}

export const backupsTable = ({ backups }: ScenarioDatabase): string =>
  glamourTable(
    ['REGION', 'BACKUP TYPE', 'STATUS', 'CREATED AT (UTC)'],
    backups.map(({ at, status }) => [REGION.name, 'PHYSICAL', status, second(at)]),
  );

export const projectsJson = ({ project, title, serverVersion }: ScenarioDatabase, status: string): string =>
  json([
    {
      created_at: new Date(CREATED_AT).toISOString().replace('.000Z', 'Z'),
      database: {
        host: `db.${project}.supabase.co`,
        postgres_engine: serverVersion.split('.')[0],
        release_channel: 'ga',
        version: serverVersion,
      },
      id: project,
      linked: false,
      name: title,
      organization_id: 'hotdash',
      organization_slug: 'hotdash',
      ref: project,
      region: REGION.code,
      status,
    },
  ]);

export const projectsTable = ({ project, title }: ScenarioDatabase): string =>
  glamourTable(
    ['LINKED', 'ORG ID', 'REFERENCE ID', 'NAME', 'REGION', 'CREATED AT (UTC)'],
    [['', 'hotdash', project, title, REGION.name, second(CREATED_AT)]],
  );

/** `local`: versions of the files in supabase/migrations; the drill has none of them. `quotes`: each cell in backticks. */
export const migrationsTable = (local: readonly string[], remote: readonly string[], quotes: boolean): string =>
  glamourTable(
    ['Local', 'Remote', 'Time (UTC)'],
    [...new Set([...local, ...remote])]
      .sort()
      .map((version) => [
        local.includes(version) ? version : quotes ? ' ' : '',
        remote.includes(version) ? version : quotes ? ' ' : '',
        /^\d{14}$/.test(version)
          ? version.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3 $4:$5:$6')
          : version,
      ])
      .map((row) => (quotes ? row.map((cell) => `\`${cell}\``) : row)),
  );

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
