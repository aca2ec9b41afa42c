/** A list of the damage that was met in the store. It is reported beside answers, and stops nothing else. */
import type { Failure } from '#shared/api/result.ts';

export class DamageBook {
  #path: string;
  #met = new Map<string, Failure>();

  /** `path`: of the store's file. */
  constructor(path: string) {
    this.#path = path;
  }

  /** `row`: which one, so that it is reported once; `what`: the beginning of a sentence. Returns what is reported. */
  note(row: string, what: string, advice: string): Failure {
    const failure: Failure = { code: 'store-corrupt', message: `${what} in the store: ${this.#path}.`, advice };
    this.#met.set(row, failure);
    return failure;
  }

  /** The row was written again. */
  mended(row: string): void {
    this.#met.delete(row);
  }

  /** All damage that is not mended: what is damaged, where, and what to do. */
  list(): readonly Failure[] {
    return [...this.#met.values()];
  }
}

/** Parses JSON that may be damaged; undefined when it is not JSON. */
export function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
