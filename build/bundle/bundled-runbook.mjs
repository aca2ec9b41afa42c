import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from '../setup/project.mjs';

/**
 * Parses the bundled runbook at build time, so that no start has to. electron/core/runbooks/parsed.ts reads the result.
 * @param {string} folder the folder of the built code
 */
export async function writeBundledRunbook(folder) {
  const { parseRunbook } = await import('../../shared/runbook/parse.ts');
  const sha256 = (/** @type {Uint8Array} */ bytes) => createHash('sha256').update(bytes).digest('hex');
  // 'bundled' is the name that the core uses (BUNDLED in electron/core/runbooks/runbook-repository.ts).
  const runbook = parseRunbook(readFileSync(inProject('shared/runbooks/hotdash.md')), 'bundled', sha256);
  writeFileSync(join(folder, 'bundled-runbook.json'), JSON.stringify(runbook));
}
