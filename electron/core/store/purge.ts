/** Takes an incident's contents out of the store's file, its log and its copies, so that their bytes are gone. */
import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { retryBusy } from './busy.ts';
import type { Connection } from './connection.ts';
import { preparePrivateFile } from './folder.ts';
import { backupsPath } from './paths.ts';
import { snapshot } from './open-file.ts';
import { systemProbe } from './process-probe.ts';
import { storeError } from './sqlite-error.ts';

export interface PurgePart {
  /** Whether the incident's chain ends with its purge. The row does not count: it could be damaged. */
  readonly isPurged: (incidentId: string) => boolean;
  /** Incidents whose purge was begun and not ended. */
  readonly unfinished: () => readonly string[];
  /** Payloads that are still there, but for the purge's own. */
  readonly payloadsOf: (incidentId: string) => number;
  /** Copies of the store that still hold any of them; those that cannot be read count. Absolute paths. */
  readonly copiesWith: (incidentId: string) => readonly string[];
  /** Some of the salts of those payloads. They are random: where a salt is found, its payload is there too. */
  readonly traces: (incidentId: string) => readonly string[];
  /** Payloads, salts, search text and a drill's simulated cloud, in one transaction. */
  readonly contents: (incidentId: string) => Promise<void>;
  /** Rewrites each copy without them. Returns the copies that could not be rewritten, with the reason. */
  readonly copies: (incidentId: string) => readonly { readonly path: string; readonly why: string }[];
  /** Rewrites the file and empties the log. False: another process was reading all the time. */
  readonly compact: () => Promise<boolean>;
}

/** Number of texts that are searched for afterwards. */
const TRACES = 20;

/** `folder`: the data folder. */
export function purgePart({ db, read, write, alone, sleep }: Connection, folder: string): PurgePart {
  const kept = `incident_id = ? AND payload IS NOT NULL AND kind <> 'incident.purged'`;
  const sql = {
    // Compared as text: a damaged summary of another incident must not be an error here.
    unfinished: db.prepare<[], string>(`SELECT id FROM incidents WHERE summary LIKE '%"purging":true%'`).pluck(),
    lastKind: db
      .prepare<[string], string>('SELECT kind FROM events WHERE incident_id = ? ORDER BY seq DESC LIMIT 1')
      .pluck(),
    count: db.prepare<[string], number>(`SELECT count(*) FROM events WHERE ${kept}`).pluck(),
    traces: db
      .prepare<[string, number], string>(`SELECT salt FROM events WHERE ${kept} ORDER BY random() LIMIT ?`)
      .pluck(),
  };
  const isPurged = (incidentId: string): boolean => read(() => sql.lastKind.get(incidentId) === 'incident.purged');
  return {
    isPurged,
    unfinished: () => read(() => sql.unfinished.all()).filter(isPurged),
    payloadsOf: (incidentId) => read(() => sql.count.get(incidentId) ?? 0),
    copiesWith: (incidentId) => copiesIn(folder).filter((path) => holds(path, incidentId)),
    traces: (incidentId) => read(() => sql.traces.all(incidentId, TRACES)),
    contents: (incidentId) => write(() => empty(db, incidentId)),
    copies: (incidentId) => {
      removeHalf(folder);
      return copiesIn(folder).flatMap((path) => {
        try {
          if (holds(path, incidentId)) writeAnew(path, incidentId);
          return [];
        } catch (thrown) {
          return [{ path, why: (storeError(thrown, path) as Error).message }];
        }
      });
    },
    async compact() {
      await alone(() => db.exec('VACUUM'));
      for (let tries = 0; tries < 50; tries += 1) {
        const [state] = await retryBusy(sleep, () => db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]);
        if (state?.busy === 0) return true;
        await sleep(100);
      }
      return false;
    },
  };
}

/** An empty one holds nothing. */
const copiesIn = (folder: string): readonly string[] =>
  namesIn(backupsPath(folder))
    .filter((name) => name.endsWith('.db'))
    .map((name) => join(backupsPath(folder), name))
    .filter((path) => statSync(path).size > 0);

/** A copy that was not finished when its process died is removed. */
function removeHalf(folder: string, isLeft: (pid: number) => boolean = () => true): void {
  const path = backupsPath(folder);
  for (const name of namesIn(path)) {
    const pid = /\.(\d+)\.partial$/.exec(name)?.[1];
    if (pid !== undefined && isLeft(Number(pid))) rmSync(join(path, name), { force: true });
  }
}

/** Copies of dead processes. */
export const sweepHalfCopies = (folder: string): void =>
  removeHalf(folder, (pid) => systemProbe.startTime(pid) === null);

function holds(path: string, incidentId: string): boolean {
  let copy: Database.Database;
  try {
    copy = snapshot(path);
  } catch {
    // A copy that cannot be read may still hold the contents.
    return true;
  }
  try {
    if (!tablesOf(copy).has('events')) return false;
    const row = copy
      .prepare(`SELECT 1 FROM events WHERE incident_id = ? AND payload IS NOT NULL AND kind <> 'incident.purged'`)
      .get(incidentId);
    return row !== undefined;
  } catch {
    return true;
  } finally {
    copy.close();
  }
}

/** Beside it and then in its place: a crash leaves the one or the other. */
function writeAnew(path: string, incidentId: string): void {
  const copy = snapshot(path);
  const half = `${path}.${process.pid}.partial`;
  try {
    copy.pragma('secure_delete = ON');
    copy.transaction(() => empty(copy, incidentId))();
    rmSync(half, { force: true });
    preparePrivateFile(half);
    copy.prepare('VACUUM INTO ?').run(half);
    const fd = openSync(half, 'r+');
    fsyncSync(fd);
    closeSync(fd);
    renameSync(half, path);
  } finally {
    copy.close();
    rmSync(half, { force: true });
  }
}

const tablesOf = (db: Database.Database): ReadonlySet<string> =>
  new Set(db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all() as string[]);

/** For every schema there ever was: copies may be old. */
function empty(db: Database.Database, incidentId: string): void {
  const tables = tablesOf(db);
  const run = (table: string, text: string, ...values: readonly string[]): void => {
    if (tables.has(table)) db.prepare(text).run(...values);
  };
  run('search', 'DELETE FROM search WHERE rowid IN (SELECT id FROM events WHERE incident_id = ?)', incidentId);
  run(
    'events',
    `UPDATE events SET payload = NULL, salt = NULL WHERE incident_id = ? AND payload IS NOT NULL AND kind <> 'incident.purged'`,
    incidentId,
  );
  run('runs', 'DELETE FROM runs WHERE incident_id = ?', incidentId);
  run('evidence', 'DELETE FROM evidence WHERE incident_id = ?', incidentId);
  run('settings', 'DELETE FROM settings WHERE key = ?', `drill ${incidentId}`);
  run('incidents', `UPDATE incidents SET title = '${PURGED_TITLE}' WHERE id = ?`, incidentId);
}

/** Replaces the title, which a person may have written. */
export const PURGED_TITLE = 'Purged';

/** Files of the data folder's own level and of its copies in which one of the traces still lies. Absolute paths. */
export function filesWith(folder: string, traces: readonly string[]): readonly string[] {
  if (traces.length === 0) return [];
  return [folder, backupsPath(folder)].flatMap((place) =>
    namesIn(place)
      .map((name) => join(place, name))
      .filter((path) => {
        const bytes = readFileSync(path);
        return traces.some((trace) => bytes.includes(trace));
      }),
  );
}

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).filter((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile());
  } catch {
    return [];
  }
};
