import { delimiter, dirname } from 'node:path';
import { presentElectron } from './setup/electron-runtime.mjs';
import { runScript } from './setup/failure.mjs';
import { inProject, projectRoot } from './setup/project.mjs';
import { makeReady } from './setup/ready.mjs';
import { runToEnd } from './setup/run-to-end.mjs';
import { desktopRefusal } from './setup/way-to-open.mjs';

/**
 * `npm run test:desktop`: the end-to-end suite, the specs of what the double claims, the security specs and the
 * start-up budgets, on a real Electron runtime. Without one nothing is run, and that is said.
 */

/** @returns {string | undefined} why it cannot run here; undefined when it can */
function whyNot() {
  if (presentElectron() === undefined) {
    const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
    return override
      ? `ELECTRON_OVERRIDE_DIST_PATH names ${override}, which has no Electron runtime in it`
      : 'there is no Electron runtime here (`node node_modules/electron/install.js` fetches it; ELECTRON_OVERRIDE_DIST_PATH may name an unpacked one)';
  }
  // A runtime that was named is not tried without a display either: every test would fail with the same words.
  return desktopRefusal({ ...process.env, ELECTRON_OVERRIDE_DIST_PATH: undefined }, process.platform);
}

await runScript(async () => {
  const why = whyNot();
  if (why !== undefined) {
    process.stdout.write(`Skipped, nothing was tested on a real Electron runtime: ${why}.\n`);
    return 0;
  }
  const node = await makeReady(['window', 'cli', 'desktop']);
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
  const args = ['test', '--config=build/playwright.runtime.config.ts', '--reporter=list', ...process.argv.slice(2)];
  return runToEnd(node, [inProject('node_modules/@playwright/test/cli.js'), ...args], { cwd: projectRoot, env });
});
