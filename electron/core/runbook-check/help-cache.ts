/** Caches the tables read from tools' help, by path, version, time and size of the binary. Without it, the help is read again. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makePrivateFolder } from '#core/files/make-folder.ts';
import type { ToolTable } from '#shared/runbook-check/grammar/tool-table.ts';

export interface HelpCache {
  get(key: string): ToolTable | null;
  set(key: string, table: ToolTable): void;
  /** Writes new entries; write errors are ignored. */
  save(): void;
}

/** Raised when the shape of ToolTable changes. */
const VERSION = 2;
const MAX_ENTRIES = 200;

/** `path`: a file in the data folder, created if missing. */
export function helpCache(path: string): HelpCache {
  const entries = new Map(read(path));
  let changed = false;
  return {
    get: (key) => entries.get(key) ?? null,
    set(key, table) {
      if (entries.has(key)) return;
      entries.set(key, table);
      changed = true;
    },
    save() {
      if (!changed) return;
      try {
        makePrivateFolder(dirname(path));
        const half = `${path}.${process.pid}.part`;
        writeFileSync(half, JSON.stringify({ version: VERSION, entries: [...entries].slice(-MAX_ENTRIES) }), {
          mode: 0o600,
        });
        renameSync(half, path);
      } catch {
        // The help is read again next time.
      }
    },
  };
}

function read(path: string): readonly (readonly [string, ToolTable])[] {
  try {
    const stored = JSON.parse(readFileSync(path, 'utf8')) as { version?: unknown; entries?: unknown };
    return stored.version === VERSION && Array.isArray(stored.entries)
      ? (stored.entries as (readonly [string, ToolTable])[])
      : [];
  } catch {
    return [];
  }
}
