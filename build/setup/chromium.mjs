import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { EnvironmentFailure, say } from './failure.mjs';
import { inProject } from './project.mjs';

/**
 * Chromium, for the end-to-end tests, pictures and `npm run dev`: Debian's own where there is one, otherwise Playwright's.
 * The headless shell is tried first: it takes a sixth less processor time than Chromium's own headless mode.
 */

const HEADLESS_SHELL = 'chromium-headless-shell';
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ON_MACOS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const INSTALL_LIMIT_MS = 10 * 60_000;

/** Chromium's sandbox does not run as root, and containers do. @type {readonly string[]} */
export const SANDBOX_ARGS = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** For each new window Chromium loads pages for the popups of its address bar, which costs more than loading our page. */
const ADDRESS_BAR_FEATURES = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];

/**
 * The features that Playwright 1.65 disables (chromiumSwitches.ts). They are repeated here because Chromium reads only the
 * last --disable-features.
 */
const PLAYWRIGHT_FEATURES = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
];

/**
 * The executable of Chromium; undefined when there is none.
 * @param {object} [options]
 * @param {{ readonly [name: string]: string | undefined }} [options.env] CHROMIUM_PATH is tried first
 * @param {boolean} [options.withWindow] a person will look at it, so the headless shell will not do
 * @returns {string | undefined}
 */
export function findChromium({ env = process.env, withWindow = false } = {}) {
  const folders = ['/usr/bin', ...(env.PATH ?? '').split(delimiter)];
  const names = withWindow ? NAMES : [HEADLESS_SHELL, ...NAMES];
  const named = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const candidates = [env.CHROMIUM_PATH, ...named, ...ON_MACOS, playwrightChromium()];
  return candidates.find((path) => path !== undefined && path !== '' && existsSync(path));
}

/** @returns {string | undefined} */
function playwrightChromium() {
  try {
    return createRequire(import.meta.url)('playwright').chromium.executablePath();
  } catch {
    return undefined;
  }
}

/**
 * The options to launch Chromium with, in Playwright's words. Without a `executablePath` Playwright looks for its own.
 * @returns {import('playwright').LaunchOptions}
 */
export function chromiumOptions({ withWindow = false } = {}) {
  const executablePath = findChromium({ withWindow });
  const disabled = [...PLAYWRIGHT_FEATURES, ...ADDRESS_BAR_FEATURES].join(',');
  return {
    headless: !withWindow,
    args: [...(withWindow ? [] : [`--disable-features=${disabled}`]), ...SANDBOX_ARGS],
    ...(executablePath === undefined ? {} : { executablePath }),
  };
}

/** Starts Chromium. @returns {Promise<import('playwright').Browser>} */
export async function launchChromium({ withWindow = false } = {}) {
  const { chromium } = await import('playwright');
  return chromium.launch(chromiumOptions({ withWindow }));
}

/**
 * How to install Chromium on this machine.
 * @param {{ uid: number | undefined, osRelease: string }} machine `osRelease`: the content of /etc/os-release
 * @returns {'apt' | 'playwright'}
 */
export function chromiumInstaller({ uid, osRelease }) {
  const debian = /^ID=(debian|"debian")$/m.test(osRelease);
  return debian && uid === 0 ? 'apt' : 'playwright';
}

/**
 * Installs Chromium if there is none. Throws EnvironmentFailure with advice when it cannot be installed.
 * @param {string} node the Node that runs Playwright's installer
 */
export function ensureChromium(node) {
  if (findChromium() !== undefined) return;
  const osRelease = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  if (chromiumInstaller({ uid: process.getuid?.(), osRelease }) === 'apt') {
    say(`Installing Chromium (apt-get install ${HEADLESS_SHELL}, about 100 MB)...`);
    install('apt-get', ['update', '-qq']);
    install('apt-get', ['install', '-y', '-qq', '--no-install-recommends', HEADLESS_SHELL]);
  }
  if (findChromium() === undefined) {
    say('Installing Chromium (playwright install chromium, about 170 MB)...');
    install(node, [inProject('node_modules/playwright/cli.js'), 'install', 'chromium']);
  }
  if (findChromium() !== undefined) return;
  throw new EnvironmentFailure(
    'There is no Chromium, and it could not be installed.',
    'Install Chromium or Chrome (on Debian: `apt-get install chromium-headless-shell`), or set CHROMIUM_PATH to one.',
  );
}

/** Exit codes are ignored: what counts is whether Chromium is there afterwards. */
function install(/** @type {string} */ file, /** @type {readonly string[]} */ args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync(file, args, { env, stdio: ['ignore', 2, 2], timeout: INSTALL_LIMIT_MS });
}
