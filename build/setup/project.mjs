import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder, absolute. */
export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Absolute path of something in the project; `name` is written with slashes. */
export const inProject = (/** @type {string} */ name) => join(projectRoot, ...name.split('/'));

/** Generated files that may be deleted at any time: types, test results, locks. Ignored by git. */
export const scratchFolder = inProject('.cache');
