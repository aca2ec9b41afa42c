/** A database rollback: which database, which migration, the dump and the rows. */
import { dumpedWords, sessionText } from '../../platforms/postgres/queries.ts';
import { targetText } from '#shared/platforms/postgres/target.ts';
import { count } from '../../words/count.ts';
import { type DatabaseState, NO_DATABASE } from './database-state.ts';
import { type IncidentState, NO_STEP } from '../state.ts';
import { because } from '../timeline-words.ts';
import { type Topic } from './topic.ts';

const known = (state: IncidentState, change: Partial<DatabaseState>): IncidentState => ({
  ...state,
  database: { ...state.database, ...change },
});

export const DATABASE: Topic<
  | 'database.identified'
  | 'database.confirmed'
  | 'migrations.read'
  | 'migration.chosen'
  | 'migrations.changed'
  | 'dump.proven'
  | 'session.seen'
  | 'rows.counted'
> = {
  'database.identified': {
    // Identifying the database again drops everything read from the previous one.
    apply: (state, { payload }) => known(state, { ...NO_DATABASE, identified: payload }),
    source: 'app',
    starred: () => true,
    tone: (p) => (p.mismatches.length === 0 ? 'plain' : 'bad'),
    text: (p) =>
      `Database ${targetText(p.target)} (PostgreSQL ${p.target.serverVersion}, user ${p.target.user})` +
      (p.mismatches.length === 0
        ? ' matches the runbook'
        : ` does not match the runbook${because(p.mismatches.join(' '))}`),
  },
  'database.confirmed': {
    apply: (state) => known(state, { confirmed: true }),
    source: 'person',
    starred: () => true,
    tone: () => 'plain',
    text: (p) => `Confirmed as the right database by typing "${p.typed}"`,
  },
  'migrations.read': {
    apply: (state, { payload }) => known(state, { migrations: payload, choice: null, dump: null }),
    source: 'app',
    starred: () => false,
    tone: (p) => (p.proposed === null || p.backups === null ? 'attention' : 'plain'),
    text: (p) =>
      `${count(p.migrations.length, 'migration')} read: ${p.proposed === null ? 'none is proposed' : `${p.proposed} is proposed`}; ` +
      (p.backups === null
        ? `backups unknown${because(p.backupProblem ?? '')}`
        : count(p.backups.backups.length, 'backup')),
  },
  'migration.chosen': {
    apply: (state, { payload }) => known(state, { choice: payload, dump: null, before: null }),
    source: 'person',
    starred: () => true,
    tone: (p) => (p.backup.older ? 'plain' : 'bad'),
    text: (p) =>
      `Migration ${p.version}${p.name === '' ? '' : ` ${p.name}`} chosen, to be undone by ${p.file} (sha256 ${p.sha256.slice(0, 12)}). ${p.backup.why}` +
      (p.reason === '' ? '' : ` Undone anyway${because(p.reason)}`),
  },
  'migrations.changed': {
    apply: (state, { payload }) => ({
      ...known(state, { migrations: null, choice: null, dump: null }),
      steps: { ...state.steps, [payload.stepId]: NO_STEP },
    }),
    source: 'app',
    starred: () => true,
    tone: () => 'bad',
    text: () => 'The migration history changed after the choice: nothing was run',
  },
  'dump.proven': {
    apply: (state, { payload }) => known(state, { dump: payload }),
    source: 'app',
    starred: () => true,
    tone: () => 'good',
    text: (p) =>
      `Dump of ${dumpedWords(p.tables)} proven: ${p.path}, ${p.bytes} bytes, sha256 ${p.sha256.slice(0, 12)}`,
  },
  'session.seen': {
    apply: (state, { payload }) => known(state, { session: payload }),
    source: 'app',
    starred: (p) => p.blockers.length > 0,
    tone: (p) => (p.blockers.length > 0 ? 'attention' : 'plain'),
    text: (p) => `Session of the SQL on the server: ${sessionText(p)}`,
    keepsIntentsValid: true,
  },
  'rows.counted': {
    apply: (state, { payload }) => known(state, { before: payload.counts }),
    source: 'app',
    starred: () => false,
    tone: (p) => (p.counts === null ? 'attention' : 'plain'),
    text: (p) =>
      p.counts === null
        ? 'The rows could not be counted before the SQL'
        : `Rows before the SQL: ${Object.entries(p.counts)
            .map(([table, rows]) => `${table} ${rows}`)
            .join(', ')}`,
  },
};

/** Reopening a step drops what it read: nobody may choose from an old list. */
export function forgetStep(state: IncidentState, stepId: string): IncidentState {
  const { identified, migrations, dump } = state.database;
  if (identified?.stepId === stepId) return { ...state, database: NO_DATABASE };
  if (migrations?.stepId === stepId) return known(state, { migrations: null, choice: null, dump: null });
  return dump?.stepId === stepId ? known(state, { dump: null }) : state;
}
