import { existsSync } from 'node:fs';
import { findChromium } from '../checks/browser.mjs';
import { SANDBOX_ARGS } from '../checks/chromium-args.mjs';
import { say } from '../setup/failure.mjs';
import { displayRefusal } from '../setup/way-to-open.mjs';

/**
 * The page being worked on, in a Chromium that this script steers. A host that starts anew knows none of its old
 * windows (its secrets are gone with it), so the page has to be led to the new one-time address.
 * Without a display or a browser there is none, and the address is there to be opened by hand.
 * @param {() => void} closed the person closed the window
 */
export async function openPage(closed) {
  const executablePath = findChromium({ withWindow: true });
  const refusal = displayRefusal(process.env, process.platform);
  if (refusal !== undefined) return byHand(refusal);
  if (executablePath === undefined || !existsSync(executablePath)) return byHand('there is no Chromium');
  const { chromium } = await import('playwright');
  const browser = await chromium.launch({ executablePath, headless: false, args: [...SANDBOX_ARGS] });
  const page = await browser.newPage({ viewport: null });
  browser.once('disconnected', closed);
  const told = (/** @type {unknown} */ thrown) => say(`The page was not led there: ${String(thrown)}`);
  return {
    lead: (/** @type {string} */ address) => void page.goto(address).catch(told),
    reload: () => void page.reload().catch(told),
  };
}

function byHand(/** @type {string} */ why) {
  say(`No window opens by itself: ${why}. Open the address below, again after each change of the core.`);
  return { lead: () => {}, reload: () => say('The window was built; reload the page.') };
}
