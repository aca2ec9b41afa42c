/**
 * Committing one event through the incident service, compared with a plain SQLite insert of the same durability; and again
 * while a command prints.
 */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ulid } from 'ulid';
import { openCore } from '#core/core.ts';
import { benchFolder, byTurns, quantile, tell, tellTimes, timed } from './measure.ts';

const folder = benchFolder();
const core = await openCore({ host: 'cli', folder: join(folder, 'data') });
const { drills, incidents } = core.services;
const incidentId = await drills.start({ scenario: 'app-rollback', speed: 1, actor: 'bench', intentId: ulid() });
const incident = await incidents.open(incidentId);

const db = new Database(join(folder, 'plain.db'));
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec('CREATE TABLE events (seq INTEGER PRIMARY KEY, payload TEXT NOT NULL) STRICT');
const insert = db.prepare('INSERT INTO events (payload) VALUES (?)');
const text = 'A note of the usual length, as somebody on call writes it between two steps.';

const commit = (): Promise<number> =>
  timed(() =>
    incident.act({ kind: 'note', text, starred: false }, 'bench', ulid(), incident.context.eventLog.state.seq),
  );
const plain = (): Promise<number> => timed(() => insert.run(JSON.stringify({ text, starred: false })));

const times = await byTurns(500, commit, plain);
const [ours, bare] = [quantile(times.ours, 0.5), quantile(times.plain, 0.5)];
tell({
  what: 'event commit',
  value: ours / bare,
  unit: 'x',
  budget: 2,
  ratio: ours / bare,
  baseline: 'a bare durable insert',
});

// 4 MB of output a second, as a chatty deploy prints it.
const LINE = Buffer.from('line of the output of a command that says what it does now\n'.repeat(70));
const sink = core.services.outputs.open(ulid());
const printing = setInterval(() => sink.write('stdout', LINE), 1);
const under = await byTurns(300, commit, plain);
clearInterval(printing);
await sink.close();
tellTimes({ what: 'event commit under output, p99', budget: 5, baseline: 'a bare durable insert' }, under, 0.99);
db.close();
await core.close();
