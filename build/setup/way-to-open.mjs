/**
 * Why no window at all can open here, of whatever program.
 * @param {{ readonly [name: string]: string | undefined }} env
 * @param {NodeJS.Platform} platform
 * @returns {string | undefined} a clause; undefined when one may open
 */
export function displayRefusal(env, platform) {
  if (platform !== 'linux' || env.DISPLAY || env.WAYLAND_DISPLAY) return undefined;
  return 'there is no display (DISPLAY and WAYLAND_DISPLAY are not set)';
}

/**
 * Why the desktop app cannot open here, known before anything is fetched or started.
 * @param {{ readonly [name: string]: string | undefined }} env
 * @param {NodeJS.Platform} platform
 * @returns {string | undefined} a clause; undefined when it may open
 */
export function desktopRefusal(env, platform) {
  // Whoever names a runtime wants it used.
  return env.ELECTRON_OVERRIDE_DIST_PATH ? undefined : displayRefusal(env, platform);
}

/** Exit codes of a program that the system could not run: not executable, a missing library or file. */
const NOT_RUN = new Set([126, 127]);
/** Ends of Chromium when it cannot open a window at all: SIGILL, SIGTRAP, SIGABRT, SIGSEGV (128 + number). */
const CRASHED = new Set([132, 133, 134, 139]);

/**
 * Whether the desktop app ended without ever having opened.
 * @param {number} code as from `runToEnd`
 * @param {number} ms how long it lived
 */
export function failedToOpen(code, ms) {
  return NOT_RUN.has(code) || (CRASHED.has(code) && ms < 5_000);
}
