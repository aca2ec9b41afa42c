/** Exit code of failures of the machine and not of Rollbook: no network, no npm, a full disk. */
export const ENVIRONMENT_EXIT = 3;

/** A failure of the machine. */
export class EnvironmentFailure extends Error {
  /**
   * @param {string} message what happened and where
   * @param {string} advice what to do about it
   */
  constructor(message, advice) {
    super(message);
    this.advice = advice;
  }
}

/** Rollbook's sources could not be built; the machine is fine. */
export class BuildFailure extends Error {
  advice = 'Correct the source that is named, then start again.';
}

/** Prints one line for the person. It goes to stderr: stdout belongs to the command that was asked for. */
export function say(/** @type {string} */ line) {
  process.stderr.write(`rollbook: ${line}\n`);
}

/**
 * Runs the body of a script. Its answer is the exit code; a failure is printed in two lines.
 * @param {() => Promise<number>} body
 */
export async function runScript(body) {
  // A terminal that is gone takes no progress; that is no reason to stop.
  process.stderr.on('error', () => undefined);
  try {
    process.exitCode = await body();
  } catch (thrown) {
    process.exitCode = explain(thrown);
  }
}

/** Prints a failure to stderr, and answers its exit code. */
export function explain(/** @type {unknown} */ thrown) {
  if (thrown instanceof EnvironmentFailure || thrown instanceof BuildFailure) {
    say(thrown.message);
    say(thrown.advice);
    return thrown instanceof EnvironmentFailure ? ENVIRONMENT_EXIT : 1;
  }
  const known = diskFailure(thrown);
  if (known !== undefined) return explain(known);
  say(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
  return 1;
}

/** File system errors that a person can do something about. */
const DISK_ADVICE = new Map([
  ['ENOSPC', ['The disk is full', 'Free some space (about 1 GB for a first start), then start again.']],
  ['EDQUOT', ['The disk quota is used up', 'Free some space (about 1 GB for a first start), then start again.']],
  ['EACCES', ['No permission to write', 'Give your user write access to that path, then start again.']],
  ['EPERM', ['No permission to write', 'Give your user write access to that path, then start again.']],
  ['EROFS', ['The file system is read-only', 'Put the project (and ROLLBOOK_CACHE) on a disk you can write to.']],
]);

/**
 * Turns a file system error into a failure with advice; undefined for any other error.
 * @returns {EnvironmentFailure | undefined}
 */
export function diskFailure(/** @type {unknown} */ thrown) {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  const known = DISK_ADVICE.get(String(thrown.code));
  if (known === undefined) return undefined;
  const [what = '', advice = ''] = known;
  const path = 'path' in thrown && typeof thrown.path === 'string' ? `: ${thrown.path}` : '';
  return new EnvironmentFailure(`${what}${path}.`, advice);
}
