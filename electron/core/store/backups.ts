/**
 * Copies of the store beside it, to restore a damaged one. They are made at quiet moments by SQLite's own backup, which
 * blocks no writer, are checked before they count, and only the newest are kept. Copies from before a migration
 * (migrate.ts) stay; a purge rewrites both (purge.ts).
 */
import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from './connection.ts';
import { preparePrivateFile, prepareBackups } from './folder.ts';
import { backupsPath } from './paths.ts';
import { CHECKED_BYTES } from './inspect.ts';
import { snapshot } from './open-file.ts';
import { corrupt, storeError } from './sqlite-error.ts';

/** Number of copies that are kept. */
const KEPT = 3;
/** At a start nothing is copied while the newest copy is younger than this, ms. */
const DAY_MS = 86_400_000;
const NAME = /^rollbook-copy-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z\.db$/;

export interface BackupPart {
  /**
   * Absolute path of the new copy; null when a purge took away what was begun. Codes: `store-unwritable`, `disk-full`,
   * `store-corrupt` (then the copy is not kept, and older ones stay).
   */
  readonly make: () => Promise<string | null>;
  /** As `make`, if the newest copy is older than a day. */
  readonly makeDaily: () => Promise<string | null>;
  /** Live incidents as stored, without checking that their rows are sound. */
  readonly live: () => readonly LiveIncident[];
}

interface LiveIncident {
  readonly id: string;
  readonly status: string;
  /** ms since the epoch. */
  readonly declaredAt: number;
}

/** `folder`: the data folder. */
export function backupPart({ db, read, now }: Connection, folder: string): BackupPart {
  const live = db.prepare<[], LiveIncident>(
    `SELECT id, status, declared_at AS declaredAt FROM incidents WHERE kind = 'live'`,
  );
  const make = async (): Promise<string | null> => {
    const stamp = new Date(now()).toISOString().replaceAll(/[:.]/g, '-');
    const target = join(prepareBackups(folder), `rollbook-copy-${stamp}.db`);
    const partial = `${target}.${process.pid}.partial`;
    try {
      preparePrivateFile(partial);
      await db.backup(partial);
      mustBeSound(partial);
      if (!isThere(partial)) return null;
      renameSync(partial, target);
      removeOld(folder);
      return target;
    } catch (thrown) {
      if (!isThere(partial)) return null;
      throw storeError(thrown, partial);
    } finally {
      rmSync(partial, { force: true });
    }
  };
  return {
    make,
    live: () => read(() => live.all()),
    makeDaily: async () => {
      // Also one of a clock that was a little ahead.
      const isFresh = copiesOf(folder).some(({ at }) => Math.abs(now() - at) < DAY_MS);
      return isFresh ? null : await make();
    },
  };
}

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

/** A copy of a store that is damaged must not push out a sound one. */
function mustBeSound(path: string): void {
  if (statSync(path).size > CHECKED_BYTES) return;
  // In memory: opened as a file it would get a log of its own.
  const copy = snapshot(path);
  try {
    const found = copy.pragma('quick_check(1)', { simple: true }) as string;
    if (found !== 'ok') throw corrupt(path, found);
  } finally {
    copy.close();
  }
}

function removeOld(folder: string): void {
  for (const { path } of copiesOf(folder).slice(KEPT)) rmSync(path, { force: true });
}

/** Newest first; those from before a migration are none of them. */
function copiesOf(folder: string): readonly { readonly path: string; readonly at: number }[] {
  return namesIn(backupsPath(folder))
    .flatMap((name) => {
      const [, day, hours, minutes, seconds, ms] = NAME.exec(name) ?? [];
      const at = day === undefined ? Number.NaN : Date.parse(`${day}T${hours}:${minutes}:${seconds}.${ms}Z`);
      return Number.isNaN(at) ? [] : [{ path: join(backupsPath(folder), name), at }];
    })
    .toSorted((a, b) => b.at - a.at);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
