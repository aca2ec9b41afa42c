/** What the timeline says about the events of a database rollback; rows of timeline-rows.ts. */
import { dumpedWords } from '#shared/database/dumped-words.ts';
import { count } from '../words/count.ts';
import { targetText } from '#shared/database/target.ts';
import { sessionText } from '../database/session-look.ts';
import type { DATABASE_SCHEMAS } from './database-events.ts';
import type { Row } from './timeline-row.ts';
import { because } from './timeline-words.ts';

type Rows = { readonly [K in keyof typeof DATABASE_SCHEMAS]: Row<K> };

export const DATABASE_ROWS: Rows = {
  'database.identified': {
    source: 'app',
    starred: () => true,
    tone: (p) => (p.mismatches.length === 0 ? 'plain' : 'bad'),
    text: (p) =>
      `Database ${targetText(p.target)} (PostgreSQL ${p.target.serverVersion}, user ${p.target.user})` +
      (p.mismatches.length === 0
        ? ' is the one the runbook means'
        : ` is not the one the runbook means${because(p.mismatches.join(' '))}`),
  },
  'database.confirmed': {
    source: 'person',
    starred: () => true,
    tone: () => 'plain',
    text: (p) => `Confirmed as the right database by typing "${p.typed}"`,
  },
  'migrations.read': {
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
    source: 'person',
    starred: () => true,
    tone: (p) => (p.backup.older ? 'plain' : 'bad'),
    text: (p) =>
      `Migration ${p.version}${p.name === '' ? '' : ` ${p.name}`} chosen, to be undone by ${p.file} (sha256 ${p.sha256.slice(0, 12)}). ${p.backup.why}` +
      (p.reason === '' ? '' : ` Goes on all the same${because(p.reason)}`),
  },
  'migrations.changed': {
    source: 'app',
    starred: () => true,
    tone: () => 'bad',
    text: () => 'The migration history changed after the pick: nothing was run',
  },
  'dump.proven': {
    source: 'app',
    starred: () => true,
    tone: () => 'good',
    text: (p) =>
      `Dump of ${dumpedWords(p.tables)} proven: ${p.path}, ${p.bytes} bytes, sha256 ${p.sha256.slice(0, 12)}`,
  },
  'session.seen': {
    source: 'app',
    starred: (p) => p.blockers.length > 0,
    tone: (p) => (p.blockers.length > 0 ? 'attention' : 'plain'),
    text: (p) => `Session of the SQL on the server: ${sessionText(p)}`,
  },
  'rows.counted': {
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
