import { presentElectron } from '../setup/electron-runtime.mjs';
import { displayRefusal } from '../setup/way-to-open.mjs';
import { notRun } from './counts.mjs';

/** Whether the suites can run on a real Electron runtime here. */
export function runtimeStart() {
  const why = whyNot();
  return why === undefined ? { env: {}, counts: notRun([]) } : { why };
}

/** @returns {string | undefined} why they cannot; undefined when they can */
function whyNot() {
  if (presentElectron() === undefined) {
    const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
    return override
      ? `ELECTRON_OVERRIDE_DIST_PATH names ${override}, which has no Electron runtime in it`
      : 'there is no Electron runtime here (`node node_modules/electron/install.js` fetches it; ELECTRON_OVERRIDE_DIST_PATH may name an unpacked one)';
  }
  // A runtime that was named is not tried without a display either: every test would fail with the same words.
  return displayRefusal(process.env, process.platform);
}
