/** The scripts that run first in every document: one in the page's world, one in the preload's. */
import { randomUUID } from 'node:crypto';
import { bridgeEnd } from './bridge-end.ts';
import { cloneText } from './clone-text.ts';
import { preloadWorld } from './preload-world.ts';

/** The name of the preload's world, and of its function that sends to Playwright. */
export const ISOLATED_WORLD = 'Electron Isolated Context';
export const TO_MAIN = 'toMain';

export interface DocumentScripts {
  readonly mainWorld: string;
  readonly isolatedWorld: string;
}

/** `preload` is the source of the bundled preload. A frame below the main one gets nothing unless `subFrames`. */
export function documentScripts(preload: string, subFrames: boolean): DocumentScripts {
  const secret = randomUUID();
  const here = subFrames ? 'true' : 'window === window.top';
  const names = (own: string, other: string): string =>
    `${JSON.stringify(secret + own)}, ${JSON.stringify(secret + other)}`;
  return {
    mainWorld: `if (${here}) { (${String(bridgeEnd)})(${names('-main', '-isolated')}); }`,
    isolatedWorld: `if (${here}) {
  const toMain = globalThis.${TO_MAIN};
  delete globalThis.${TO_MAIN};
  (${String(preloadWorld)})({
    text: (${String(cloneText)})(),
    bridge: (${String(bridgeEnd)})(${names('-isolated', '-main')}),
    toMain,
    platform: ${JSON.stringify(process.platform)},
    run(require, process, exports, module) {
${preload}
    },
  });
}`,
  };
}
