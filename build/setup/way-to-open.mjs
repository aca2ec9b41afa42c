/**
 * Why no program can open a window here.
 * @param {{ readonly [name: string]: string | undefined }} env
 * @param {NodeJS.Platform} platform
 * @returns {string | undefined} a clause; undefined when one can
 */
export function displayRefusal(env, platform) {
  if (platform !== 'linux' || env.DISPLAY || env.WAYLAND_DISPLAY) return undefined;
  return 'there is no display (DISPLAY and WAYLAND_DISPLAY are not set)';
}

/**
 * Why the desktop app cannot open here, as far as is known before it is downloaded and started.
 * @param {{ readonly [name: string]: string | undefined }} env
 * @param {NodeJS.Platform} platform
 * @returns {string | undefined} a clause; undefined when it may
 */
export function desktopRefusal(env, platform) {
  // A runtime that was named is always tried.
  return env.ELECTRON_OVERRIDE_DIST_PATH ? undefined : displayRefusal(env, platform);
}

/** The exit codes when the system cannot run a program: it is not executable, or a file or library is missing. */
const NOT_RUN = new Set([126, 127]);
/** The exit codes of a crash, which is how Chromium ends without a window: SIGILL, SIGTRAP, SIGABRT, SIGSEGV (128 + number). */
const CRASHED = new Set([132, 133, 134, 139]);

/**
 * Whether the desktop app ended without having opened a window.
 * @param {number} code the answer of `runToEnd`
 * @param {number} ms how long it ran
 */
export function failedToOpen(code, ms) {
  return NOT_RUN.has(code) || (CRASHED.has(code) && ms < 5_000);
}
