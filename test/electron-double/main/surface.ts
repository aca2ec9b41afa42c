/**
 * A part of Electron as the shell sees it. What the double lacks is an error that says so, never `undefined`; every
 * call is recorded with the moment it was made at.
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

/** Properties that are asked for by the language or by Node, not by the shell. */
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

/** Bound, because the methods of a class see its private fields only without the proxy between. */
function calling(name: string, property: string, method: Method, target: object, recorded: boolean): Method {
  return (...args) => {
    if (recorded) record.push({ name: `${name}.${property}`, args, ready });
    return method.apply(target, args);
  };
}

const isClass = (value: unknown): boolean => /^class\b/.test(Function.prototype.toString.call(value));
