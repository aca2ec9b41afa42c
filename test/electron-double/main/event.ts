/** The first argument of Electron's events, with preventDefault. */
import type { EventEmitter } from 'node:events';

export interface Preventable {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

export function preventable<T extends object>(details: T): T & Preventable {
  let prevented = false;
  return Object.defineProperties(details, {
    preventDefault: { value: () => void (prevented = true) },
    defaultPrevented: { get: () => prevented },
  }) as T & Preventable;
}

/** Emits and answers whether a listener prevented it. */
export function emitPreventable(
  emitter: EventEmitter,
  name: string,
  details: object,
  ...more: readonly unknown[]
): boolean {
  const event = preventable(details);
  emitter.emit(name, event, ...more);
  return event.defaultPrevented;
}
