import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BuildFailure, ENVIRONMENT_EXIT, EnvironmentFailure, say } from './failure.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { inProject, projectRoot, scratchFolder } from './project.mjs';
import { runToEnd } from './run-to-end.mjs';
import { firstChange, sameSources, stampSources } from './source-stamp.mjs';

/**
 * The targets: their sources, and one file that exists once they are built.
 * @typedef {'window' | 'cli' | 'desktop' | 'stories'} Target
 * @type {{ readonly [target in Target]: { readonly sources: readonly string[], readonly proof: string } }}
 */
export const TARGETS = {
  window: { sources: ['renderer', 'shared'], proof: 'dist/window/index.html' },
  cli: { sources: ['electron', 'shared'], proof: 'dist/cli/main.js' },
  // The command line with a faster clock for the end-to-end stories, and the process that the tests of faults kill.
  stories: {
    sources: ['electron', 'shared', 'test/e2e/hosts', 'test/faults/dying', 'test/tools'],
    proof: 'dist/stories/dying-process.js',
  },
  desktop: { sources: ['electron', 'shared', 'build/icons/app'], proof: 'dist/desktop/main.js' },
};

/** Sources of every target: the build scripts and the packages. */
const COMMON = ['build/bundle', 'package.json', 'package-lock.json'];

/** @typedef {import('./source-stamp.mjs').SourceStamp} SourceStamp */

const stampFile = (/** @type {Target} */ target) => join(scratchFolder, `built-${target}.json`);

/** @returns {SourceStamp} empty when there is none */
function readStamp(/** @type {Target} */ target) {
  try {
    return JSON.parse(readFileSync(stampFile(target), 'utf8'));
  } catch {
    return {};
  }
}

function writeStamp(/** @type {Target} */ target, /** @type {SourceStamp} */ stamp) {
  mkdirSync(scratchFolder, { recursive: true });
  writeFileSync(stampFile(target), JSON.stringify(stamp));
}

/**
 * Whether a target has to be built, and the stamp of its sources as they are now.
 * @returns {{ stale: false } | { stale: true, why: string, now: SourceStamp }}
 */
function findChange(/** @type {Target} */ target) {
  const { sources, proof } = TARGETS[target];
  const before = readStamp(target);
  const now = stampSources(projectRoot, [...sources, ...COMMON], before);
  if (!existsSync(inProject(proof))) return { stale: true, why: 'not built yet', now };
  if (!sameSources(before, now)) return { stale: true, why: `${firstChange(before, now)} changed`, now };
  // Touched but unchanged files: with their new times the next start need not read them.
  if (JSON.stringify(before) !== JSON.stringify(now)) writeStamp(target, now);
  return { stale: false };
}

/**
 * Builds the targets whose sources changed. Prints nothing when none did. Throws BuildFailure.
 * @param {string} node
 * @param {readonly Target[]} targets
 */
export async function ensureBundles(node, targets) {
  if (!targets.some((target) => findChange(target).stale)) return;
  await oneAtATime(async () => {
    const stale = targets.flatMap((target) => {
      const found = findChange(target);
      return found.stale ? [{ target, ...found }] : [];
    });
    if (stale.length === 0) return;
    const names = stale.map(({ target }) => target);
    say(`Building ${names.join(', ')} (${stale[0]?.why})...`);
    // stdout belongs to the command that was asked for.
    const ending = await runToEnd(node, [inProject('build/bundle/build.mjs'), ...names], { stdoutTo: 'stderr' });
    if (ending === ENVIRONMENT_EXIT) throw new EnvironmentFailure('Nothing was built.', 'The reason is above.');
    if (ending !== 0) throw new BuildFailure(`Building ${names.join(', ')} failed.`);
    for (const { target, now } of stale) writeStamp(target, now);
  });
}
