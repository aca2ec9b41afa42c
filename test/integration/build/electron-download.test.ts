import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { download } from '../../../build/setup/electron-runtime.mjs';

let folder: string;
let place: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-electron-test-'));
  place = join(folder, 'place.txt');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const GENEROUS = { firstByteMs: 60_000, stallMs: 60_000 };

/** An Electron package whose install.js records its temporary folder and then runs the given code. */
function electronPackage(code: string): void {
  const tell = `const temporary = require('node:os').tmpdir(); require('node:fs').writeFileSync(${JSON.stringify(place)}, temporary);`;
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }');
  writeFileSync(join(folder, 'install.js'), `${tell}\n${code}`);
}

describe("Electron's download", () => {
  it('is given up when its server does not answer', async () => {
    electronPackage('setInterval(() => {}, 1000);');
    const why = await download(process.execPath, folder, { firstByteMs: 1_000, stallMs: 60_000 });
    expect(why).toBe('no answer within 1 s');
  });

  it('is given up when it stops moving', async () => {
    electronPackage(
      "require('node:fs').writeFileSync(temporary + '/part', 'x'.repeat(100)); setInterval(() => {}, 1000);",
    );
    const why = await download(process.execPath, folder, { firstByteMs: 60_000, stallMs: 100 });
    expect(why).toBe('its download stopped moving');
  });

  it('tells its failure in a few words', async () => {
    electronPackage("console.error('Error: ENOSPC: no space left on device'); process.exit(1);");
    expect(await download(process.execPath, folder, GENEROUS)).toBe('the disk is full');
  });

  it('leaves no temporary folder, and no reason when it worked', async () => {
    electronPackage("require('node:fs').writeFileSync(temporary + '/part', 'x');");
    expect(await download(process.execPath, folder, GENEROUS)).toBeUndefined();
    const temporary = readFileSync(place, 'utf8');
    expect(temporary).not.toBe(tmpdir());
    expect(existsSync(temporary)).toBe(false);
  });
});
