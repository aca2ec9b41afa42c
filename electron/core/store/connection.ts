/** The open store: reads at once, writes one after the other. */
import { statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { RollbookError } from '#shared/api/result.ts';
import { retryBusy, retryBusyNow } from './busy.ts';
import { newer, schemaVersion } from './inspect.ts';
import { storeError } from './sqlite-error.ts';

export type StoreMode =
  | { readonly kind: 'writable' }
  /** Opened so, or a newer Rollbook raised the schema while this one had it open. */
  | { readonly kind: 'read-only'; readonly why: RollbookError };

/** What each part of the store (events.ts, leases.ts, ...) works with. */
export interface Connection {
  readonly db: Database.Database;
  readonly path: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  readonly read: <T>(work: () => T) => T;
  /** One BEGIN IMMEDIATE transaction around `work`, in the order of the calls; resolves when it is on the disk. */
  readonly write: <T>(work: () => T) => Promise<T>;
  /** As `write`, without a transaction: for VACUUM, which SQLite does only outside of one. */
  readonly alone: <T>(work: () => T) => Promise<T>;
  /** Milliseconds. */
  readonly sleep: (ms: number) => Promise<void>;
  readonly mode: () => StoreMode;
  /** Resolves when no write is waiting; refuses later ones. */
  readonly finish: () => Promise<void>;
}

export interface ConnectionOptions {
  readonly path: string;
  readonly schema: number;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Called after each commit, before followers are told. */
  readonly committed?: (() => void) | undefined;
}

/**
 * Reading and writing over one open file; `readOnly`: why nothing is written. A write throws `store-newer` once another process
 * brought the schema further, `store-unwritable` once the file was moved away.
 */
export function connect(db: Database.Database, options: ConnectionOptions, readOnly?: RollbookError): Connection {
  const { path } = options;
  let mode: StoreMode = readOnly === undefined ? { kind: 'writable' } : { kind: 'read-only', why: readOnly };
  let queue: Promise<unknown> = Promise.resolve();
  let closing = false;
  const inode = statSync(path).ino;

  /** Inside the write lock, so nothing can change between the look and the write. */
  const guard = (): void => {
    const version = schemaVersion(db);
    if (version > options.schema) mode = { kind: 'read-only', why: newer(path, version, options.schema) };
    if (mode.kind === 'read-only') throw mode.why;
    // SQLite would go on writing into a deleted file and report success.
    if (statSync(path, { throwIfNoEntry: false })?.ino !== inode) throw moved(path);
  };
  const transact = db.transaction((work: () => unknown) => {
    guard();
    return work();
  });

  const commit = <T>(work: () => T): T => {
    const result = transact.immediate(work) as T;
    options.committed?.();
    return result;
  };
  const outside = <T>(work: () => T): T => {
    guard();
    const result = work();
    options.committed?.();
    return result;
  };
  /** In the order of the calls. */
  const inTurn = async <T>(work: () => T): Promise<T> => {
    if (closing) throw closed(path);
    if (mode.kind === 'read-only') throw mode.why;
    const turn = queue.then(() => retryBusy(options.sleep, work));
    queue = turn.catch(() => undefined);
    try {
      return await turn;
    } catch (thrown) {
      throw storeError(thrown, path);
    }
  };

  return {
    db,
    path,
    now: options.now,
    mode: () => mode,
    read(work) {
      if (!db.open) throw closed(path);
      try {
        return retryBusyNow(work);
      } catch (thrown) {
        throw storeError(thrown, path);
      }
    },
    sleep: options.sleep,
    write: (work) => inTurn(() => commit(work)),
    alone: (work) => inTurn(() => outside(work)),
    async finish() {
      closing = true;
      await queue;
    },
  };
}

function moved(path: string): RollbookError {
  return new RollbookError(
    'store-unwritable',
    `The store's file was moved, replaced or deleted while it was open: ${path}.`,
    'The last change was not saved. Put the file back, or restart Rollbook.',
    { path },
  );
}

function closed(path: string): RollbookError {
  return new RollbookError('internal', `The store was already closed: ${path}.`);
}
