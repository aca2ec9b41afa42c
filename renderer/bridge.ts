/** Connects this window to the core. The only file that knows which host it runs in. */
import type { Bridge } from '#shared/api/bridge.ts';
import { connectLoopback } from './bridge/loopback.ts';
import { browserPlace } from './bridge/place.ts';
import { safeBridge } from './bridge/safe.ts';

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
