/**
 * What people did while the store took nothing: a line of JSON each in a plain file beside the store, or in memory where
 * not even that can be written. It is put on the timeline as soon as the store takes it, also by the next start.
 */
import { appendFileSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ulidSchema } from '#shared/contract/ids.ts';
import { intentSchema } from '#shared/incident/intent.ts';
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

export class KeptActs {
  #path: string;
  #acts: KeptAct[];
  /** What the file holds and cannot be read: it stays there. */
  #unread: readonly string[];
  #inMemory = false;

  /** `folder`: the data folder. */
  constructor(folder: string, incidentId: string) {
    this.#path = join(folder, 'unwritten', `${incidentId}.jsonl`);
    const lines = linesOf(this.#path).map((line) => ({ line, act: readAct(line) }));
    this.#acts = lines.flatMap(({ act }) => act ?? []);
    this.#unread = lines.filter(({ act }) => act === null).map(({ line }) => line);
  }

  /** In the order they were done. */
  get list(): readonly KeptAct[] {
    return this.#acts;
  }

  /** The file they are in; null: in memory alone, and gone with this process. */
  get path(): string | null {
    return this.#inMemory ? null : this.#path;
  }

  /** An intent that is there already is not kept twice. */
  add(act: KeptAct): void {
    if (this.#acts.some(({ intentId }) => intentId === act.intentId)) return;
    this.#acts.push(act);
    try {
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
      appendDurably(this.#path, `${JSON.stringify(act)}\n`);
    } catch {
      this.#inMemory = true;
    }
  }

  /** It is on the timeline. */
  drop(intentId: string): void {
    this.#acts = this.#acts.filter((act) => act.intentId !== intentId);
    const left = [...this.#unread, ...this.#acts.map((act) => JSON.stringify(act))];
    try {
      if (left.length === 0) rmSync(this.#path, { force: true });
      else writeWhole(this.#path, left.map((line) => `${line}\n`).join(''), 'What is not on the timeline yet', 0o600);
    } catch {
      // It is met again at the next start, and known by its id.
    }
    if (this.#acts.length === 0) this.#inMemory = false;
  }
}

function appendDurably(path: string, line: string): void {
  const fd = openSync(path, 'a', 0o600);
  try {
    appendFileSync(fd, line);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch {
    return [];
  }
}

/** null: it is cut off, or of another Rollbook. */
function readAct(line: string): KeptAct | null {
  try {
    return keptSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
