/** Tables read from tools' help, kept by path, version, time and size of the file. Losing it costs some questions. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makePrivateFolder } from '#core/files/make-folder.ts';
import type { ToolTable } from '#shared/check/grammar/table.ts';

export interface HelpCache {
  get(key: string): ToolTable | null;
  set(key: string, table: ToolTable): void;
  /** Writes new answers; a folder that cannot be written is not an error. */
  save(): void;
}

const VERSION = 1;
const MAX_ENTRIES = 200;

/** `path`: a file of the data folder, made when missing. */
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
        // The tools are asked again next time.
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
