import { ensureBundles } from './bundle-fresh.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { fittingNode } from './node-runtime.mjs';

/**
 * Everything a start needs: a fitting Node, the packages, the named bundles. Silent when nothing is to be done.
 * @param {readonly import('./bundle-fresh.mjs').Target[]} targets
 * @returns {Promise<string>} absolute path of the Node to go on with
 */
export async function makeReady(targets) {
  const node = await fittingNode();
  await ensureDependencies(node);
  await ensureBundles(node, targets);
  return node;
}
