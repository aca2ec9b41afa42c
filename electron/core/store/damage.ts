/** A list of the damage that was met in the store. It is reported beside answers, and stops nothing else. */
import type { Failure } from '#shared/contract/result.ts';

export interface DamageBook {
  /** `row`: which one, so that it is told once; `what`: as the beginning of a sentence. Answers what is told. */
  readonly note: (row: string, what: string, advice: string) => Failure;
  /** The row was written again. */
  readonly mended: (row: string) => void;
  /** All that was met so far and is not mended, each with what is damaged, where, and what to do. */
  readonly list: () => readonly Failure[];
}

/** `path`: of the store's file. */
export function damageBook(path: string): DamageBook {
  const met = new Map<string, Failure>();
  return {
    note(row, what, advice) {
      const failure: Failure = { code: 'store-corrupt', message: `${what} in the store: ${path}.`, advice };
      met.set(row, failure);
      return failure;
    },
    mended: (row) => void met.delete(row),
    list: () => [...met.values()],
  };
}

/** JSON that somebody may have damaged; undefined when it is none. */
export function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
