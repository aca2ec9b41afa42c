import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder, absolute. */
export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The absolute path of a file or folder in the project. `name` is relative, with slashes. */
export const inProject = (/** @type {string} */ name) => join(projectRoot, ...name.split('/'));

/** For generated files that can be deleted at any time: types, test results, locks. Git ignores it. */
export const scratchFolder = inProject('.cache');
