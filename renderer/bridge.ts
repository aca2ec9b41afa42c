/** Connects this window to the core. The only file that knows which host it runs in. */
import type { Bridge } from '#shared/api/bridge.ts';
import { connectLoopback } from './bridge/loopback.ts';
import { browserPlace } from './bridge/place.ts';
import { safeToShow } from '#shared/words/visible.ts';

declare global {
  interface Window {
    /** Set by the desktop's preload (electron/desktop/preload.ts); absent in a browser. */
    readonly rollbook?: Bridge;
  }
}

let bridge: Bridge | undefined;

/**
 * The bridge of this window. Every call returns the same one, because a one-time link works only once.
 * After `onConnection(true)` the window must follow again what it followed before: the core has forgotten it.
 */
export function connectBridge(): Bridge {
  bridge ??= safeBridge(window.rollbook ?? connectLoopback(browserPlace()));
  return bridge;
}

/** Makes every text that enters the window safe to show, whatever file, tool or machine it comes from. */
function safeBridge(bridge: Bridge): Bridge {
  return {
    call: async (name, args) => safe(await bridge.call(name, args)),
    on: (name, listener) => bridge.on(name, (payload) => listener(safe(payload))),
    onConnection: (listener) => bridge.onConnection(listener),
  };
}

/** Makes the texts of a value safe. Returns the same object if nothing changed. Keys are ours or ids, so they stay. */
export function safe<T>(value: T): T {
  return made(value) as T;
}

function made(value: unknown): unknown {
  // The output panel renders ANSI colors.
  if (typeof value === 'string') return safeToShow(value, 'keep');
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(made);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  const entries = Object.entries(value);
  const changed = entries.map(([name, part]) => [name, made(part)] as const);
  return changed.every(([, part], index) => part === entries[index]?.[1]) ? value : Object.fromEntries(changed);
}
