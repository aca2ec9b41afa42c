/** Reads a run's stored output by line numbers: while it is written, after its end, after a crash. */

import { OutputIndex } from './output-index.ts';
import { type OutputPart, partsToRead } from './output-parts.ts';
import { lineOf, type StoredLine } from './output-record.ts';

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
