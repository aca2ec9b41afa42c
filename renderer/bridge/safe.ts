/** Makes every text that enters the window safe to show, whatever file, tool or machine it comes from. */
import type { Bridge } from '#shared/api/bridge.ts';
import { safeToShow } from '#shared/words/visible.ts';

export function safeBridge(bridge: Bridge): Bridge {
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
