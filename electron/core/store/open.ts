/** Opens the store of a data folder: look, prepare, migrate, and put the parts together. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { RollbookError } from '#shared/api/result.ts';
import { systemClock } from '#core/system-ports.ts';
import { backupPart } from './backups.ts';
import { retryBusy } from './busy.ts';
import { connect, type Connection } from './connection.ts';
import { DamageBook } from './damage.ts';
import { eventPart } from './events.ts';
import { prepareFolder } from './folder.ts';
import { storePath } from './paths.ts';
import { importPart } from './import-events.ts';
import { type Clean, incidentRows } from './incidents.ts';
import { inspect } from './inspect.ts';
import { leasePart } from './leases.ts';
import { backUpBefore, migrate, type MigrateOptions } from './migrate.ts';
import { MIGRATIONS } from './migrations/all.ts';
import type { Migration } from './migrations/migration.ts';
import { systemProbe, type ProcessProbe } from './process-probe.ts';
import { mustBeFiles, mustNotBeEmptied } from './no-store.ts';
import { purgePart } from './purge.ts';
import { openForReading, openForWriting, snapshot } from './open-file.ts';
import { runbookPart, trustPart } from './runbooks.ts';
import { searchPart } from './search.ts';
import { settingsPart } from './settings.ts';
import { storeError } from './sqlite-error.ts';
import type { Store } from './store.ts';
import type Database from 'better-sqlite3';

export interface StoreOptions {
  /** The data folder, an absolute path. */
  readonly folder: string;
  /** Id of this run of the program; new at each start. */
  readonly session: string;
  /** The boot that monotonic times count from. */
  readonly boot: string;
  /** Only read, and never make or alter a file: for a folder that cannot be written. An error: what a write answers. */
  readonly readOnly?: boolean | RollbookError;
  /** Wall time in ms since the Unix epoch. */
  readonly now?: () => number;
  readonly sleep?: (ms: number) => Promise<void>;
  /** Called after each commit, before followers are told: tests look at the store, or end the process, there. */
  readonly committed?: (() => void) | undefined;
  /** The door (core/door.ts): takes the secrets out of what is to be stored. A test of the store alone has none. */
  readonly clean?: Clean;
  readonly randomHex?: (bytes: number) => string;
  /** The process that holds the leases this store takes. */
  readonly process?: { readonly pid: number; readonly host: string; readonly probe: ProcessProbe };
  readonly migrations?: readonly Migration[];
}

/**
 * Codes: `store-newer`, `store-corrupt`, `store-unwritable`, `disk-full`; with `readOnly` also `not-found` (no store yet).
 * Whatever the code, a file that was there is as it was.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const {
    folder,
    migrations = MIGRATIONS,
    now = () => systemClock().now(),
    sleep = (ms: number) => wait(ms),
  } = options;
  const needs = { migrations, now, sleep, committed: options.committed };
  try {
    const connection = await opened(options, needs);
    try {
      return assemble(connection, options);
    } catch (thrown) {
      connection.db.close();
      throw thrown;
    }
  } catch (thrown) {
    throw storeError(thrown, storePath(folder));
  }
}

async function opened({ folder, readOnly = false }: StoreOptions, needs: Needs): Promise<Connection> {
  mustBeFiles(folder);
  await mustNotBeEmptied(folder, needs.sleep);
  if (readOnly === false) return await writable(folder, needs);
  return await readable(folder, needs, readOnly === true ? undefined : readOnly);
}

interface Needs extends Pick<StoreOptions, 'committed'> {
  readonly migrations: readonly Migration[];
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

async function writable(folder: string, { migrations, now, sleep, committed }: Needs): Promise<Connection> {
  const path = storePath(folder);
  prepareFolder(folder);
  await retryBusy(sleep, () => inspect(path, migrations));
  const db = await retryBusy(sleep, () => openForWriting(path));
  try {
    const options = { folder, path, migrations, now };
    for (let done = false; !done; ) {
      const from = await retryBusy(sleep, () => backUpBefore(db, options));
      done = await retryBusy(sleep, () => migrate(db, from, options));
    }
    return connect(db, { path, schema: migrations.length, now, sleep, committed });
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

async function readable(folder: string, { migrations, now, sleep }: Needs, why?: RollbookError): Promise<Connection> {
  const path = storePath(folder);
  if (!existsSync(path)) throw new RollbookError('not-found', `There is no store yet: ${path}.`, undefined, { path });
  const version = await retryBusy(sleep, () => inspect(path, migrations));
  const db = await retryBusy(sleep, () =>
    version < migrations.length ? upgraded(path, version, { folder, path, migrations, now }) : openForReading(path),
  );
  const only = new RollbookError('read-only', `The store was opened only for reading: ${path}.`, undefined, { path });
  return connect(db, { path, schema: migrations.length, now, sleep }, why ?? only);
}

/** In memory: the file stays in the schema it has. */
function upgraded(path: string, version: number, options: MigrateOptions): Database.Database {
  const db = snapshot(path);
  migrate(db, version, options);
  return db;
}

function assemble(connection: Connection, options: StoreOptions): Store {
  const { db, read } = connection;
  const { folder, session, boot, clean = (value) => value } = options;
  const { randomHex = (bytes) => randomBytes(bytes).toString('hex') } = options;
  const { pid, host, probe } = options.process ?? { pid: process.pid, host: hostname(), probe: systemProbe };
  const damage = new DamageBook(connection.path);
  const incidents = incidentRows(connection, damage, clean);
  const runbooks = runbookPart(connection, damage);
  const leases = leasePart(connection, incidents, { session, pid, host, probe });
  const version = (): number => db.pragma('data_version', { simple: true }) as number;
  let seen = version();
  let closing: Promise<void> | undefined;

  const close = async (): Promise<void> => {
    if (connection.mode().kind === 'writable') await leases.releaseAll().catch(() => undefined);
    await connection.finish();
    db.close();
  };

  return {
    folder,
    session,
    mode: connection.mode,
    ...eventPart(connection, { incidents, runbooks }, { session, boot, clean, salt: () => randomHex(16) }),
    ...importPart(connection, incidents),
    incident: incidents.find,
    list: incidents.list,
    updateSummary: incidents.update,
    leases,
    runbooks,
    trust: trustPart(connection),
    settings: settingsPart(connection, damage),
    search: searchPart(connection),
    purge: purgePart(connection, folder),
    backups: backupPart(connection, folder),
    damage: () => damage.list(),
    noteDamage: (row, what, advice) => damage.note(row, what, advice),
    changedSince: () =>
      read(() => {
        const before = seen;
        seen = version();
        return seen !== before;
      }),
    close: () => (closing ??= close()),
  };
}
