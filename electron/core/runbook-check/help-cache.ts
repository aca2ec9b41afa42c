/** Caches the tables read from tools' help, by path, version, time and size of the binary. Without it, the help is read again. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makePrivateFolder } from '#core/files/make-folder.ts';
import type { ToolTable } from '#shared/runbook-check/grammar/tool-table.ts';

/** Raised when the shape of ToolTable changes. */
const VERSION = 2;
const MAX_ENTRIES = 200;

export class HelpCache {
  #path: string;
  #entries: Map<string, ToolTable>;
  #changed = false;

  /** `path`: a file in the data folder, created if missing. */
  constructor(path: string) {
    this.#path = path;
    this.#entries = new Map(read(path));
  }

  get(key: string): ToolTable | null {
    return this.#entries.get(key) ?? null;
  }

  set(key: string, table: ToolTable): void {
    if (this.#entries.has(key)) return;
    this.#entries.set(key, table);
    this.#changed = true;
  }

  /** Writes new entries; write errors are ignored. */
  save(): void {
    if (!this.#changed) return;
    try {
      makePrivateFolder(dirname(this.#path));
      const half = `${this.#path}.${process.pid}.part`;
      const entries = [...this.#entries].slice(-MAX_ENTRIES);
      writeFileSync(half, JSON.stringify({ version: VERSION, entries }), { mode: 0o600 });
      renameSync(half, this.#path);
    } catch {
      // The help is read again next time.
    }
  }
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
