/** Command line of the Chromium that the suites start. */

/**
 * Chromium prepares two pages of its own for the address bar of every new window, which costs more than our page does.
 * Nobody sees that bar in a test.
 */
const OF_THE_ADDRESS_BAR = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];

/** Playwright's own (1.65, chromiumSwitches.ts): of several such arguments Chromium takes the last alone. */
const OF_PLAYWRIGHT = [
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

/** Chromium's sandbox cannot be had as root, which is what containers run as. @type {readonly string[]} */
export const SANDBOX_ARGS = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** @type {readonly string[]} */
export const CHROMIUM_ARGS = [
  `--disable-features=${[...OF_PLAYWRIGHT, ...OF_THE_ADDRESS_BAR].join(',')}`,
  ...SANDBOX_ARGS,
];
