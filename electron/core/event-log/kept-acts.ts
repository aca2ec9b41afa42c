/**
 * What people did while the store took nothing: a line of JSON each in a plain file beside the store, in the temporary
 * folder when that takes nothing either, or in memory. It is put on the timeline as soon as the store takes it, also by the next start.
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
import { ulidSchema } from '#shared/contract/ids.ts';
import { intentSchema } from '#shared/incident/intent.ts';
import { isPrivateFolder, placesFor } from '#core/files/places.ts';
import { makePrivateFolder } from '#core/files/private.ts';
import { writeWhole } from '#core/files/write-whole.ts';

const keptSchema = z.object({
  intentId: ulidSchema,
  actor: z.string(),
  /** ms since the epoch, of the incident's clock. */
  at: z.number(),
  /** What was said is redacted. */
  intent: intentSchema,
});
export type KeptAct = z.infer<typeof keptSchema>;

/** In the data folder. */
export const UNWRITTEN = 'unwritten';

interface Kept {
  readonly act: KeptAct;
  /** The file it is in; null: none could be written, so that it is gone with this process. */
  readonly path: string | null;
}

export class KeptActs {
  /** In the order in which they are tried. */
  #paths: readonly string[];
  #kept: readonly Kept[];

  constructor(dataFolder: string, incidentId: string) {
    this.#paths = keptPaths(dataFolder, incidentId);
    this.#kept = this.#paths.flatMap((path) => actsIn(path).map((act) => ({ act, path })));
  }

  /** In the order they were done. */
  get list(): readonly KeptAct[] {
    return this.#kept.map(({ act }) => act);
  }

  /** The file that the last one is in; null: it is in memory alone, and gone with this process. */
  get path(): string | null {
    const last = this.#kept.at(-1);
    return last === undefined ? (this.#paths[0] ?? null) : last.path;
  }

  /** An intent that is there already is not kept twice. */
  add(act: KeptAct): void {
    if (this.list.some(({ intentId }) => intentId === act.intentId)) return;
    const path = this.#paths.find((each) => appended(each, `${JSON.stringify(act)}\n`)) ?? null;
    this.#kept = [...this.#kept, { act, path }];
  }

  /** It is on the timeline. */
  drop(intentId: string): void {
    const path = this.#kept.find(({ act }) => act.intentId === intentId)?.path;
    this.#kept = this.#kept.filter(({ act }) => act.intentId !== intentId);
    if (path == null) return;
    try {
      // As it is now: another Rollbook may keep acts of the same incident in it, and what cannot be read stays.
      const left = linesOf(path).filter((line) => readAct(line)?.intentId !== intentId);
      if (left.length === 0) removeWithFolder(path);
      else writeWhole(path, left.map((line) => `${line}\n`).join(''), 'What is not on the timeline yet', 0o600);
    } catch {
      // It is met again at the next start, and known by its id.
    }
  }
}

/** Where they may lie; absolute paths. */
export const keptPaths = (dataFolder: string, incidentId: string): readonly string[] =>
  placesFor(dataFolder, UNWRITTEN).map((place) => join(place, `${incidentId}.jsonl`));

/** Ids of the incidents that acts are kept of. */
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

/** The folder goes with its last file: in the temporary one nothing of ours stays. */
function removeWithFolder(path: string): void {
  rmSync(path, { force: true });
  if (readdirSync(dirname(path)).length === 0) rmdirSync(dirname(path));
}

/** False: it is not on the disk. */
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
    // A line that a kill or the full disk cut off stays a line of its own: what is joined to it could not be read either.
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

/** null: it is cut off, or of another Rollbook. */
function readAct(line: string): KeptAct | null {
  try {
    return keptSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
