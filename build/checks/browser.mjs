import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { EnvironmentFailure, say } from '../setup/failure.mjs';
import { inProject } from '../setup/project.mjs';

/**
 * Chromium for the end-to-end suite: Debian's own where there is one, otherwise Playwright's. The shell without a window
 * comes first, as in Playwright's own browsers: it takes a sixth less of the processor than Chromium's headless mode.
 */

const SHELL = 'chromium-headless-shell';
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const INSTALL_LIMIT_MS = 10 * 60_000;

/**
 * The browser's executable; undefined when there is none.
 * @param {object} [how]
 * @param {{ readonly [name: string]: string | undefined }} [how.env] CHROMIUM_PATH comes first
 * @param {boolean} [how.withWindow] its page is to be seen by a person
 * @returns {string | undefined}
 */
export function findChromium({ env = process.env, withWindow = false } = {}) {
  const folders = ['/usr/bin', ...(env.PATH ?? '').split(delimiter)];
  const named = (withWindow ? NAMES : [SHELL, ...NAMES]).flatMap((name) => folders.map((folder) => join(folder, name)));
  const candidates = [env.CHROMIUM_PATH, ...named, ...MAC, playwrightsOwn()];
  return candidates.find((path) => path !== undefined && path !== '' && existsSync(path));
}

/** @returns {string | undefined} */
function playwrightsOwn() {
  try {
    return createRequire(import.meta.url)('playwright').chromium.executablePath();
  } catch {
    return undefined;
  }
}

/**
 * How a missing Chromium is got here.
 * @param {{ uid: number | undefined, osRelease: string }} machine
 * @returns {'apt' | 'playwright'}
 */
export function waysToChromium({ uid, osRelease }) {
  const debian = /^ID=(debian|"debian")$/m.test(osRelease);
  return debian && uid === 0 ? 'apt' : 'playwright';
}

/**
 * Finds Chromium or installs it. Throws EnvironmentFailure that says what to install.
 * @param {string} node
 * @returns {string} its executable
 */
export function ensureChromium(node) {
  const present = findChromium();
  if (present !== undefined) return present;
  const osRelease = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  if (waysToChromium({ uid: process.getuid?.(), osRelease }) === 'apt') {
    say(`Installing Chromium for the end-to-end tests (apt-get install ${SHELL}, about 100 MB)...`);
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', SHELL]);
  }
  if (findChromium() === undefined) {
    say('Installing Chromium for the end-to-end tests (playwright install chromium, about 170 MB)...');
    run(node, [inProject('node_modules/playwright/cli.js'), 'install', 'chromium']);
  }
  const found = findChromium();
  if (found !== undefined) return found;
  throw new EnvironmentFailure(
    'There is no Chromium for the end-to-end tests, and it could not be installed.',
    'Install Chromium or Chrome (on Debian: `apt-get install chromium-headless-shell`), or set CHROMIUM_PATH to one.',
  );
}

/** Whether it worked shows in whether the browser is there afterwards. */
function run(/** @type {string} */ file, /** @type {readonly string[]} */ args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync(file, args, { env, stdio: ['ignore', 2, 2], timeout: INSTALL_LIMIT_MS });
}
