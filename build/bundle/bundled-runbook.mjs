import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from '../setup/project.mjs';

/**
 * Parses the bundled runbook once for all starts of the built program. electron/core/runbooks/parsed.ts reads it.
 * @param {string} folder where the built code lies
 */
export async function writeBundledRunbook(folder) {
  const { parseRunbook } = await import('../../shared/runbook/parse.ts');
  const sha256 = (/** @type {Uint8Array} */ bytes) => createHash('sha256').update(bytes).digest('hex');
  // The name the core parses it under (BUNDLED in electron/core/runbooks/runbook-repository.ts).
  const runbook = parseRunbook(readFileSync(inProject('shared/runbooks/hotdash.md')), 'bundled', sha256);
  writeFileSync(join(folder, 'bundled-runbook.json'), JSON.stringify(runbook));
}
