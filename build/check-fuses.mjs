import { execFileSync } from 'node:child_process';
import { runScript } from './setup/failure.mjs';
import { inProject } from './setup/project.mjs';

/**
 * Checks that the fuses of packed programs are set as in build/electron-builder.yml:
 * `node build/check-fuses.mjs PROGRAM...` (on macOS the .app). Exit 1 when one is not, and a line for each.
 */

const WANTED = {
  RunAsNode: 'Disabled',
  EnableCookieEncryption: 'Enabled',
  EnableNodeOptionsEnvironmentVariable: 'Disabled',
  EnableNodeCliInspectArguments: 'Disabled',
  EnableEmbeddedAsarIntegrityValidation: 'Enabled',
  OnlyLoadAppFromAsar: 'Enabled',
  GrantFileProtocolExtraPrivileges: 'Disabled',
};

/** @returns {string[]} a line for each fuse that is set wrong */
function faultsOf(/** @type {string} */ program) {
  const reader = inProject('node_modules/@electron/fuses/dist/bin.js');
  const output = execFileSync(process.execPath, [reader, 'read', '--app', program], { encoding: 'utf8' });
  const found = new Map([...output.matchAll(/^\s*(\w+) is (\w+)/gm)].map(([, name, state]) => [name, state]));
  return Object.entries(WANTED)
    .filter(([name, state]) => found.get(name) !== state)
    .map(([name, state]) => `${program}: ${name} is ${found.get(name) ?? 'not there'}, wanted: ${state}`);
}

await runScript(async () => {
  const programs = process.argv.slice(2);
  if (programs.length === 0) {
    process.stderr.write('Usage: node build/check-fuses.mjs PROGRAM...\n');
    return 2;
  }
  const faults = programs.flatMap(faultsOf);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  const count = Object.keys(WANTED).length;
  process.stdout.write(`Fuses: ${programs.length} programs, ${count} fuses each, ${faults.length} set otherwise.\n`);
  return faults.length === 0 ? 0 : 1;
});
