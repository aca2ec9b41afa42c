/** What is read in a terminal before the SQL of a database rollback runs. */
import { targetText } from '#shared/platforms/postgres/target.ts';
import type { IncidentState } from '#shared/incident/state.ts';

/** '' where no migration was chosen. */
export function sqlCard({ database: { choice, identified, dump } }: IncidentState): string {
  if (choice === null || identified === null) return '';
  const { affected, gone, exists } = choice.sql;
  const since =
    choice.at === null ? 'the migration' : `${new Date(choice.at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return [
    `  ${targetText(identified.target)}: migration ${choice.version} ${choice.name} is undone by ${choice.file}`,
    `  MAY BE LOST: whatever was written to ${affected.join(', ')} since ${since}`,
    `  Gone afterwards: ${gone.join(', ') || 'no table'}; there afterwards: ${exists.join(', ') || 'not said'}`,
    `  Dump: ${dump === null ? 'left out' : dump.path}. ${choice.backup.why}`,
    '  File and history row go in one transaction: all of it or nothing.',
    '',
  ].join('\n');
}
