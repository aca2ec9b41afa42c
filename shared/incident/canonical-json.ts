/**
 * Canonical JSON (RFC 8785), the text that hashes are taken over: keys sorted by UTF-16 code units, no spaces, numbers as
 * ECMAScript prints them.
 */
import { RollbookError } from '#shared/api/result.ts';

/** Deeper values are refused, which also stops cycles. Nothing we store comes near it. */
const MAX_DEPTH = 200;

/**
 * Unlike JSON.stringify it never drops or changes a value silently: `undefined`, NaN, infinities, functions, symbols,
 * bigints, holes in arrays and class instances (Date, Map...) throw RollbookError `bad-arguments` naming the place.
 * A lone surrogate is written as its \u escape, so truncated texts can be stored.
 */
export function canonical(value: unknown): string {
  return write(value, '$', 0);
}

function write(value: unknown, place: string, depth: number): string {
  if (depth > MAX_DEPTH) throw refused(place, `is nested deeper than ${MAX_DEPTH} levels (or contains itself)`);
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw refused(place, `is ${value}`);
      return JSON.stringify(value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? writeArray(value, place, depth) : writeObject(value, place, depth);
    case 'undefined':
    case 'function':
    case 'symbol':
    case 'bigint':
      throw refused(place, `is of type ${typeof value}`);
  }
}

function writeArray(items: readonly unknown[], place: string, depth: number): string {
  // Array.from turns holes into undefined, which is then refused; map would skip them.
  return `[${Array.from(items, (item, index) => write(item, `${place}[${index}]`, depth + 1)).join(',')}]`;
}

function writeObject(value: object, place: string, depth: number): string {
  if (!isPlain(value)) throw refused(place, 'is an instance of a class');
  const fields = value as Readonly<Record<string, unknown>>;
  const parts = Object.keys(fields)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${write(fields[key], `${place}.${key}`, depth + 1)}`);
  return `{${parts.join(',')}}`;
}

/** True also for objects of another realm, whose Object.prototype is not ours. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function refused(place: string, what: string): RollbookError {
  return new RollbookError('bad-arguments', `This value cannot be stored as JSON: ${place} ${what}.`, undefined, {
    place,
  });
}
