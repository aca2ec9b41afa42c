/**
 * Keeps people's actions while the store refuses writes: one line of JSON each in a file beside the store, or else in the
 * temporary folder, or else in memory. They go on the timeline as soon as the store accepts writes, also after a restart.
 */
import {
  appendFileSync,
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ulidSchema } from '#shared/api/call-schemas.ts';
import { intentSchema } from '#shared/incident/intent.ts';
import { makePrivateFolder } from '#core/files/make-folder.ts';
import { isPrivateFolder, placesFor } from '#core/files/fallback-folders.ts';
import { writeWhole } from '#core/files/write-whole.ts';

const keptSchema = z.object({
  intentId: ulidSchema,
  actor: z.string(),
  /** ms since the epoch, incident clock. */
  at: z.number(),
  /** Its free text is redacted. */
  intent: intentSchema,
});
export type KeptAct = z.infer<typeof keptSchema>;

/** Name of the folder in the data folder. */
export const UNWRITTEN = 'unwritten';

interface Kept {
  readonly act: KeptAct;
  /** The file it is in; null: no file could be written, so it is lost when this process ends. */
  readonly path: string | null;
}

export class KeptActs {
  /** Possible files, in the order in which they are tried. */
  #paths: readonly string[];
  #kept: readonly Kept[];

  constructor(dataFolder: string, incidentId: string) {
    this.#paths = keptPaths(dataFolder, incidentId);
    this.#kept = this.#paths.flatMap((path) => actsIn(path).map((act) => ({ act, path })));
  }

  /** The kept actions, oldest first. */
  get list(): readonly KeptAct[] {
    return this.#kept.map(({ act }) => act);
  }

  /** The file of the newest kept action, or the file that would be used; null: memory only. */
  get path(): string | null {
    const last = this.#kept.at(-1);
    return last === undefined ? (this.#paths[0] ?? null) : last.path;
  }

  /** Keeps an action. Does nothing when its intent is kept already. */
  add(act: KeptAct): void {
    if (this.list.some(({ intentId }) => intentId === act.intentId)) return;
    const path = this.#paths.find((each) => appended(each, `${JSON.stringify(act)}\n`)) ?? null;
    this.#kept = [...this.#kept, { act, path }];
  }

  /** Removes an action that is now on the timeline. */
  drop(intentId: string): void {
    const path = this.#kept.find(({ act }) => act.intentId === intentId)?.path;
    this.#kept = this.#kept.filter(({ act }) => act.intentId !== intentId);
    if (path == null) return;
    try {
      // Reads the file again: another process may have added actions. Unreadable lines stay in it.
      const left = linesOf(path).filter((line) => readAct(line)?.intentId !== intentId);
      if (left.length === 0) removeWithFolder(path);
      else writeWhole(path, left.map((line) => `${line}\n`).join(''), 'What is not on the timeline yet', 0o600);
    } catch {
      // The next start finds it again and recognizes its intent id.
    }
  }
}

/** The possible files of an incident, absolute paths. */
export const keptPaths = (dataFolder: string, incidentId: string): readonly string[] =>
  placesFor(dataFolder, UNWRITTEN).map((place) => join(place, `${incidentId}.jsonl`));

/** Ids of the incidents that have kept actions. */
export function keptIncidents(dataFolder: string): readonly string[] {
  const files = placesFor(dataFolder, UNWRITTEN)
    .filter(isPrivateFolder)
    .flatMap((place) => readdirSync(place));
  const ids = files.flatMap((name) => ulidSchema.safeParse(/^(.*)\.jsonl$/.exec(name)?.[1]).data ?? []);
  return [...new Set(ids)];
}

function actsIn(path: string): readonly KeptAct[] {
  if (!isPrivateFolder(dirname(path))) return [];
  try {
    return linesOf(path).flatMap((line) => readAct(line) ?? []);
  } catch {
    return [];
  }
}

/** Removes the file, and its folder when it is empty, so that nothing remains in the temporary folder. */
function removeWithFolder(path: string): void {
  rmSync(path, { force: true });
  if (readdirSync(dirname(path)).length === 0) rmdirSync(dirname(path));
}

/** False: the line could not be written. */
function appended(path: string, line: string): boolean {
  try {
    makePrivateFolder(dirname(path));
    if (!isPrivateFolder(dirname(path))) return false;
    appendDurably(path, line);
    return true;
  } catch {
    return false;
  }
}

function appendDurably(path: string, line: string): void {
  const fd = openSync(path, 'a+', 0o600);
  try {
    // A line that was cut off by a kill or a full disk must not be joined to the next one.
    appendFileSync(fd, endsInLine(fd) ? line : `\n${line}`);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function endsInLine(fd: number): boolean {
  const { size } = fstatSync(fd);
  const last = Buffer.alloc(1);
  return size === 0 || (readSync(fd, last, 0, 1, size - 1) === 1 && last.toString() === '\n');
}

const linesOf = (path: string): readonly string[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');

/** Null: the line is cut off, or was written by another version. */
function readAct(line: string): KeptAct | null {
  try {
    return keptSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
