import { ensureBundles } from './bundle-fresh.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { fittingNode } from './node-runtime.mjs';

/**
 * Sets up what is missing of a Node that fits, the packages and the given bundles. Prints nothing when nothing is missing.
 * @param {readonly import('./bundle-fresh.mjs').Target[]} targets
 * @returns {Promise<string>} absolute path of the Node to use
 */
export async function makeReady(targets) {
  const node = await fittingNode();
  await ensureDependencies(node);
  await ensureBundles(node, targets);
  return node;
}
