/** How this window reaches the core. The only place that knows which host it talks to. */
import type { Bridge } from '#shared/contract/bridge.ts';
import { connectLoopback } from './bridge/loopback.ts';
import { browserPlace } from './bridge/place.ts';
import { safeBridge } from './bridge/safe.ts';

declare global {
  interface Window {
    /** Put there by the desktop's preload (electron/desktop/preload.ts); absent in a browser. */
    readonly rollbook?: Bridge;
  }
}

let bridge: Bridge | undefined;

/**
 * The bridge of this window, the same one at every call: a one-time link can be spent only once.
 * After `onConnection(true)` a window follows again what it followed before: the core knows nothing of it any more.
 */
export function connectBridge(): Bridge {
  bridge ??= safeBridge(window.rollbook ?? connectLoopback(browserPlace()));
  return bridge;
}
