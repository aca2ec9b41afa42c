import { findChromium, launchChromium } from '../setup/chromium.mjs';
import { say } from '../setup/failure.mjs';
import { displayRefusal } from '../setup/way-to-open.mjs';

/**
 * Opens the page in a Chromium that this script controls. A restarted host does not accept the secrets of its old
 * windows, so the page has to be sent to the new one-time address.
 * Without a display or a Chromium nothing opens, and the person opens the address.
 * @param {() => void} closed called when the person closes the window
 */
export async function openPage(closed) {
  const refusal = displayRefusal(process.env, process.platform);
  if (refusal !== undefined) return byHand(refusal);
  if (findChromium({ withWindow: true }) === undefined) return byHand('there is no Chromium');
  const browser = await launchChromium({ withWindow: true });
  const page = await browser.newPage({ viewport: null });
  browser.once('disconnected', closed);
  const failed = (/** @type {unknown} */ thrown) => say(`The page did not load: ${String(thrown)}`);
  return {
    goTo: (/** @type {string} */ address) => void page.goto(address).catch(failed),
    reload: () => void page.reload().catch(failed),
  };
}

function byHand(/** @type {string} */ why) {
  say(`No window opens: ${why}. Open the address below, and again after each change of the core.`);
  return { goTo: () => {}, reload: () => say('The window was built; reload the page.') };
}
