/**
 * Values of the structured clone algorithm as text, because a world of the page and Playwright can only exchange
 * text. No imports: the source is also run in the page.
 */
export function cloneText() {
  type Row = readonly [kind: string, ...data: unknown[]];

  /** `value` must be the result of structuredClone. */
  function encode(value: unknown): string {
    const rows: Row[] = [];
    const seen = new Map<object, number>();
    const add = (row: Row): number => rows.push(row) - 1;
    const put = (one: unknown): number => {
      if (typeof one === 'number' && (!Number.isFinite(one) || Object.is(one, -0))) {
        return add(['number', Object.is(one, -0) ? '-0' : String(one)]);
      }
      if (one === undefined) return add(['undefined']);
      if (typeof one === 'bigint') return add(['bigint', String(one)]);
      if (typeof one !== 'object' || one === null) return add(['plain', one]);
      const known = seen.get(one);
      if (known !== undefined) return known;
      const index = add(['plain', null]);
      seen.set(one, index);
      rows[index] = row(one);
      return index;
    };
    const row = (one: object): Row => {
      if (Array.isArray(one)) return ['array', Array.from(one, put)];
      if (one instanceof Date) return ['date', one.getTime()];
      if (one instanceof RegExp) return ['regexp', one.source, one.flags];
      if (one instanceof Map) return ['map', [...one].map(([key, value]) => [put(key), put(value)])];
      if (one instanceof Set) return ['set', [...one].map(put)];
      if (one instanceof Error) return ['error', one.name, one.message];
      if (one instanceof ArrayBuffer) return ['buffer', binary(new Uint8Array(one))];
      if (ArrayBuffer.isView(one)) {
        return ['view', one.constructor.name, binary(new Uint8Array(one.buffer, one.byteOffset, one.byteLength))];
      }
      return ['object', Object.entries(one).map(([key, value]) => [key, put(value)])];
    };
    put(value);
    return JSON.stringify(rows);
  }

  const binary = (bytes: Uint8Array): string => {
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  };

  const bytesOf = (text: string): ArrayBuffer =>
    Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer;

  function decode(text: string): unknown {
    const rows = JSON.parse(text) as Row[];
    const made = new Map<number, unknown>();
    const get = (index: number): unknown => {
      if (made.has(index)) return made.get(index);
      const [kind, first, second] = rows[index] as [string, never, never];
      const keep = <T>(value: T): T => {
        made.set(index, value);
        return value;
      };
      switch (kind) {
        case 'number':
          return Number(first);
        case 'undefined':
          return undefined;
        case 'bigint':
          return BigInt(first);
        case 'array': {
          const list = keep([] as unknown[]);
          for (const item of first as number[]) list.push(get(item));
          return list;
        }
        case 'object': {
          const object = keep({});
          // Defined, not assigned: a key may be __proto__.
          for (const [key, item] of first as [string, number][]) {
            Object.defineProperty(object, key, {
              value: get(item),
              writable: true,
              enumerable: true,
              configurable: true,
            });
          }
          return object;
        }
        case 'date':
          return keep(new Date(first));
        case 'regexp':
          return keep(new RegExp(first, second));
        case 'map': {
          const map = keep(new Map());
          for (const [key, value] of first as [number, number][]) map.set(get(key), get(value));
          return map;
        }
        case 'set': {
          const set = keep(new Set());
          for (const item of first as number[]) set.add(get(item));
          return set;
        }
        case 'error':
          return keep(Object.assign(new Error(second), { name: first }));
        case 'buffer':
          return keep(bytesOf(first));
        case 'view': {
          const types = globalThis as unknown as Record<string, new (buffer: ArrayBuffer) => unknown>;
          // A Buffer of Node is a Uint8Array in the page.
          const View = types[first === 'Buffer' ? 'Uint8Array' : (first as string)] ?? Uint8Array;
          return keep(new View(bytesOf(second)));
        }
        default:
          return first;
      }
    };
    return get(0);
  }

  return { encode, decode };
}
