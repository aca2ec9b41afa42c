import { execFileSync } from 'node:child_process';
import { runScript } from './setup/failure.mjs';
import { inProject } from './setup/project.mjs';

/**
 * Reads the fuses of packed programs and holds them to what build/electron-builder.yml asks for:
 * `node build/check-fuses.mjs PROGRAM...` (on macOS the .app). Exit 1 with each fuse that is set otherwise.
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

/** @returns {string[]} what is wrong with a program's fuses, a line each */
function faultsOf(/** @type {string} */ program) {
  const reader = inProject('node_modules/@electron/fuses/dist/bin.js');
  const told = execFileSync(process.execPath, [reader, 'read', '--app', program], { encoding: 'utf8' });
  const found = new Map([...told.matchAll(/^\s*(\w+) is (\w+)/gm)].map(([, name, state]) => [name, state]));
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
