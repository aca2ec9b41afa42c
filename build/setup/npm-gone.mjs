/**
 * npm hands a signal to the shell between it and us, and waits for that one only: the shell ends, and we are never told.
 * So the shell is looked after: when it is gone, whoever asked for us has ended us.
 */
const LOOK_EVERY_MS = 500;

/** npm's own scripts for what lives long; a script of another name may well put us in the background. */
const SCRIPTS = ['start', 'rollbook'];

// Now: it may go while the packages are installed.
const shell = process.ppid;

/**
 * Calls `then` once, when we were started by npm and its shell has gone.
 * @param {() => void} then
 * @returns {() => void} looks no more
 */
export function whenNpmIsGone(then) {
  const byNpm = process.platform !== 'win32' && SCRIPTS.includes(process.env['npm_lifecycle_event'] ?? '');
  if (!byNpm) return () => undefined;
  const look = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(look);
    then();
  }, LOOK_EVERY_MS);
  look.unref();
  return () => clearInterval(look);
}
