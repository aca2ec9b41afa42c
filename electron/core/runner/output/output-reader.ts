/** Reads a run's stored output by line numbers: while it is written, after its end, after a crash. */

import { type OutputPart, partsToRead } from './output-parts.ts';
import { lineOf, type StoredLine } from './output-record.ts';
import { type FileHandle, open } from 'node:fs/promises';

export interface OutputReader {
  /** Lines the run printed so far, dropped ones included. */
  total(): Promise<number>;
  /** At most `count` lines from the first stored one that is not before `from`; a gap shows in their numbers. */
  readLines(from: number, count: number): Promise<readonly StoredLine[]>;
}

/** `partsNow`: of files with other limits than the product's, all of them. */
export function outputReader(
  file: string,
  partsNow: (file: string) => readonly OutputPart[] = partsToRead,
): OutputReader {
  const indexes = new Map<string, OutputIndex>();
  const indexOf = async (part: OutputPart): Promise<OutputIndex> => {
    const index = indexes.get(part.path) ?? new OutputIndex();
    indexes.set(part.path, index);
    await index.catchUp(part.path, part.bytes);
    return index;
  };
  return {
    async total() {
      const last = partsNow(file).at(-1);
      return last === undefined ? 0 : last.firstLine + (await indexOf(last)).lines;
    },
    async readLines(from, count) {
      const parts = partsNow(file);
      const lines: StoredLine[] = [];
      for (const [n, part] of parts.entries()) {
        const next = parts[n + 1];
        if (lines.length >= count) break;
        // The last part before `from` is looked into, those before it cannot hold anything asked for.
        if (next !== undefined && next.firstLine <= from) continue;
        const first = Math.max(0, from - part.firstLine);
        const records = await readPart(part, indexOf, first, count - lines.length);
        records.forEach((record, k) => lines.push(lineOf(part.firstLine + first + k, record)));
      }
      return lines;
    },
  };
}

/** A part may be dropped by the writer between listing and reading: then it has no lines any more. */
async function readPart(
  part: OutputPart,
  indexOf: (part: OutputPart) => Promise<OutputIndex>,
  from: number,
  count: number,
): Promise<readonly string[]> {
  try {
    return await (await indexOf(part)).read(part.path, from, count);
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return [];
    throw thrown;
  }
}

/**
 * Index of one output part: an offset for every 64 KB of lines, so that any page is found with little reading. It is
 * built by reading the file, so a crash cannot damage it.
 */
const MARK_EVERY = 65_536;
const READ_BYTES = 262_144;
const NEWLINE = 10;

export class OutputIndex {
  /** Line (counted in this part) and byte offset where it begins. */
  #marks: { readonly line: number; readonly offset: number }[] = [{ line: 0, offset: 0 }];
  #lines = 0;
  #scanned = 0;
  #endsInLine = false;
  #catchingUp: Promise<void> = Promise.resolve();

  /** Complete lines, plus one the file ends in the middle of. */
  get lines(): number {
    return this.#lines + (this.#endsInLine ? 1 : 0);
  }

  /** Reads on from where it stopped; cheap when little was added. Calls wait for each other: no byte is counted twice. */
  async catchUp(path: string, bytes: number): Promise<void> {
    const now = this.#catchingUp.then(() => this.#readOn(path, bytes));
    // A failed read is reported to its own caller; the next one continues.
    this.#catchingUp = now.catch(() => undefined);
    await now;
  }

  async #readOn(path: string, bytes: number): Promise<void> {
    if (bytes <= this.#scanned) return;
    await withFile(path, async (file) => {
      for await (const { chunk, offset } of chunks(file, this.#scanned, bytes)) this.#scan(chunk, offset);
    });
  }

  /** Records from the given line on, at most `count`, without their newlines. */
  async read(path: string, from: number, count: number): Promise<readonly string[]> {
    const mark = this.#marks.findLast(({ line }) => line <= from);
    if (mark === undefined || from >= this.lines) return [];
    const records: string[] = [];
    let line = mark.line;
    let rest: Buffer = Buffer.alloc(0);
    await withFile(path, async (file) => {
      for await (const { chunk } of chunks(file, mark.offset, this.#scanned)) {
        let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
        for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE)) {
          if (line >= from) records.push(bytes.toString('utf8', 0, end));
          line += 1;
          bytes = bytes.subarray(end + 1);
          if (records.length >= count) return;
        }
        rest = bytes;
      }
      if (rest.length > 0 && line >= from) records.push(rest.toString('utf8'));
    });
    return records;
  }

  #scan(chunk: Buffer, offset: number): void {
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) {
      this.#lines += 1;
      const next = offset + at + 1;
      if (next - (this.#marks.at(-1)?.offset ?? 0) >= MARK_EVERY) this.#marks.push({ line: this.#lines, offset: next });
    }
    this.#scanned = offset + chunk.length;
    this.#endsInLine = chunk.at(-1) !== NEWLINE;
  }
}

async function* chunks(
  file: FileHandle,
  from: number,
  end: number,
): AsyncGenerator<{ readonly chunk: Buffer; readonly offset: number }> {
  for (let offset = from; offset < end; ) {
    const { buffer, bytesRead } = await file.read(
      Buffer.allocUnsafe(Math.min(READ_BYTES, end - offset)),
      0,
      null,
      offset,
    );
    if (bytesRead === 0) return;
    yield { chunk: buffer.subarray(0, bytesRead), offset };
    offset += bytesRead;
  }
}

async function withFile(path: string, read: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, 'r');
  try {
    await read(file);
  } finally {
    await file.close();
  }
}
