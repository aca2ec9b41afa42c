/**
 * A module of Electron's API for the shell. Members that the double does not have throw instead of being `undefined`, and
 * every call is recorded with its time.
 */

export interface Recorded {
  readonly name: string;
  readonly args: readonly unknown[];
  /** Whether the app was ready when it was called. */
  readonly ready: boolean;
}

export const record: Recorded[] = [];
let ready = false;
export const nowReady = (): void => {
  ready = true;
};
export const isReady = (): boolean => ready;

/** Properties that JavaScript or Node reads, not the shell. */
const SILENT = new Set(['then', 'toJSON', 'constructor', 'inspect', 'nodeType', '$$typeof', 'asymmetricMatch']);

export function surface<T extends object>(name: string, target: T, recorded = true): T {
  const bound = new Map<unknown, unknown>();
  return new Proxy(target, {
    get(_target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof property === 'symbol') return value;
      if (value === undefined && !(property in target) && !SILENT.has(property)) {
        throw new Error(`The double of Electron has no ${name}.${property}: add it to test/electron-double/main.`);
      }
      if (typeof value !== 'function' || SILENT.has(property) || isClass(value)) return value;
      const made = bound.get(value) ?? calling(name, property, value as Method, target, recorded);
      bound.set(value, made);
      return made;
    },
    set: (_target, property, value) => Reflect.set(target, property, value, target),
  });
}

type Method = (...args: unknown[]) => unknown;

/** Bound, because methods cannot use private fields through a proxy. */
function calling(name: string, property: string, method: Method, target: object, recorded: boolean): Method {
  return (...args) => {
    if (recorded) record.push({ name: `${name}.${property}`, args, ready });
    return method.apply(target, args);
  };
}

const isClass = (value: unknown): boolean => /^class\b/.test(Function.prototype.toString.call(value));
