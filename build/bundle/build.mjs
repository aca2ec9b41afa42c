import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { TARGETS } from '../setup/bundle-fresh.mjs';
import { diskFailure, explain, say } from '../setup/failure.mjs';
import { inProject, scratchFolder } from '../setup/project.mjs';
import { writeBundledRunbook } from './bundled-runbook.mjs';

/**
 * Builds the targets that are named as arguments: `node build/bundle/build.mjs window cli`. Needs a Node that fits, and the
 * packages. A target is built in a scratch folder and then replaces the old one, which stays when the build fails.
 */

/** @typedef {import('../setup/bundle-fresh.mjs').Target} Target */

async function buildTarget(/** @type {Target} */ target) {
  const { build } = await import('vite');
  const { configsOf } = await import('./targets.mjs');
  const scratch = join(scratchFolder, `building-${target}-${process.pid}`);
  try {
    for (const config of configsOf(target, scratch)) await build(config);
    if (target !== 'window') await writeBundledRunbook(scratch);
    putInPlace(scratch, inProject(`dist/${target}`));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function putInPlace(/** @type {string} */ from, /** @type {string} */ to) {
  mkdirSync(join(to, '..'), { recursive: true });
  const old = `${from}-old`;
  if (existsSync(to)) renameSync(to, old);
  renameSync(from, to);
  rmSync(old, { recursive: true, force: true });
}

/** Prints the message only: it has the file, line and reason, in colors, and the stack is the bundler's own. */
function printFailure(/** @type {unknown} */ thrown) {
  const disk = diskFailure(thrown);
  if (disk !== undefined) return explain(disk);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  say(process.stderr.isTTY ? message : stripVTControlCharacters(message));
  return 1;
}

const targets = /** @type {Target[]} */ (process.argv.slice(2));
const unknown = targets.filter((target) => !(target in TARGETS));
if (unknown.length > 0 || targets.length === 0) {
  process.stderr.write(`Usage: node build/bundle/build.mjs ${Object.keys(TARGETS).join(' ')}\n`);
  process.exitCode = 2;
} else {
  try {
    for (const target of targets) await buildTarget(target);
  } catch (thrown) {
    process.exitCode = printFailure(thrown);
  }
}
