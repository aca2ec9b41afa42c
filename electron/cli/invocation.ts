/**
 * How Rollbook was called in this terminal, so that each next command can be typed as it is printed: `rollbook` may not be
 * on the PATH. A checkout says how by ROLLBOOK_INVOCATION (build/setup/invocation.mjs); a package and the app need not.
 */

/** `rollbook`, or what stands for it here, such as `npm run -s rollbook --`. */
export const invocation = (): string => process.env['ROLLBOOK_INVOCATION'] || 'rollbook';

/** What the core advises, which knows of no terminal: `rollbook run` in it becomes what can be typed here. */
export const asTypedHere = (advice: string): string => advice.replaceAll(COMMAND, () => invocation());

/** The word as the start of a command line: text around it, a path or an option name has no such neighbors. */
const COMMAND = /(?<=^|[\s`"(])rollbook(?= (?:[a-z]|--\w))/g;
