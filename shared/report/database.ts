/** The database rollback: target, migration and dump. Nothing without one. The rows are part of the proof. */
import type { RootContent } from 'mdast';
import { targetText } from '#shared/platforms/postgres/target.ts';
import { brief, heading, keyLine, paragraph } from './nodes.ts';
import type { ReportSource } from './source.ts';
import { stepState } from '#shared/incident/state.ts';
import { definitionOf } from '#shared/steps/registry.ts';

export function databaseRollback(source: ReportSource): readonly RootContent[] {
  const { identified, choice, dump } = source.state.database;
  if (identified === null) return [];
  const { target } = identified;
  const confirmed = source.state.database.confirmed ? 'confirmed by a person' : 'not confirmed';
  const lines: RootContent[] = [
    heading(3, 'Database'),
    keyLine('Target', `${targetText(target)}, PostgreSQL ${target.serverVersion}, user ${target.user} (${confirmed})`),
  ];
  if (choice === null) return [...lines, paragraph('No migration was chosen.')];
  const made = choice.at === null ? '' : `, made ${source.time(choice.at)} UTC`;
  return [
    ...lines,
    keyLine('Migration', `${choice.version} ${choice.name}${made}`),
    keyLine('Undone by', `${choice.file} (sha256 ${choice.sha256})`),
    keyLine('Must be gone', choice.sql.gone.join(', ') || 'nothing'),
    keyLine('Must be there', choice.sql.exists.join(', ') || 'nothing'),
    keyLine('Backup', `${choice.backup.why}${choice.reason === '' ? '' : ` Undone anyway: ${choice.reason}`}`),
    keyLine('May be lost', `what was written to ${choice.sql.affected.join(', ')} since the migration`),
    keyLine(
      'Dump',
      dump === null
        ? leftOut(source)
        : `${dump.path}, ${dump.bytes} bytes, sha256 ${dump.sha256}, with ${dump.tables.join(', ')}`,
    ),
  ];
}

function leftOut({ state, runbook }: ReportSource): string {
  const step = runbook.procedures
    .find(({ id }) => id === state.procedureId)
    ?.steps.find((each) => definitionOf(each).dumps === true);
  const reason = step === undefined ? '' : stepState(state, step.id).reason;
  return reason === '' ? 'none' : `left out: ${brief(reason)}`;
}
