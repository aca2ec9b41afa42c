import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project.mjs';

/**
 * The folder the person was in, which relative paths start from. `npm run` changes to the project's root and puts the
 * caller's folder into INIT_CWD. Without `npm run` it is the current folder, and an INIT_CWD is that of an outer npm.
 * @param {{ cwd: string, env: { readonly [name: string]: string | undefined }, root: string }} started
 * @returns {string} absolute path
 */
export function callerFolder(started = here()) {
  const { cwd, env } = started;
  return startedByNpm(started) && env.INIT_CWD ? env.INIT_CWD : cwd;
}

const here = () => ({ cwd: process.cwd(), env: process.env, root: projectRoot });

/**
 * Whether `npm run` of this project started this process, not an outer npm.
 * @param {{ cwd: string, env: { readonly [name: string]: string | undefined }, root: string }} started
 */
export function startedByNpm({ cwd, env, root } = here()) {
  return samePlace(cwd, root) && samePlace(env.npm_package_json ?? '', join(root, 'package.json'));
}

function samePlace(/** @type {string} */ one, /** @type {string} */ other) {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    return one === other;
  }
}
