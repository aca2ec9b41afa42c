import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { skippedFor } from '../../fixtures/skipping.ts';
import { makeMiniProject, type MiniProject } from './mini-project.ts';

let mini: MiniProject;
beforeEach(() => {
  mini = makeMiniProject();
  mini.run('rollbook.mjs', ['serve']);
});
afterEach(() => mini.dispose());

const DISPLAY = { DISPLAY: ':0', WAYLAND_DISPLAY: '' };
const SERVED = { args: ['serve', '--open'] };

/** The last line of stdout, which tells how the program was started. */
const started = (stdout: string): unknown => JSON.parse(stdout.trim().split('\n').at(-1) ?? '');

/** An Electron package whose install.js is the given code. */
function electronPackage(install: string): void {
  mini.write('node_modules/electron/package.json', '{ "version": "1.0.0" }');
  mini.write('node_modules/electron/install.js', install);
}

describe('npm start', skippedFor(process.platform === 'win32' ? 'its programs are shell scripts' : null), () => {
  it('opens the browser window at once with --loopback, without a word', () => {
    const { status, stdout, told } = mini.run('start.mjs', ['--loopback', '--port', '4000'], { env: DISPLAY });
    expect(status).toBe(0);
    expect(started(stdout)).toMatchObject({ args: ['serve', '--open', '--port', '4000'] });
    expect(told).toEqual([]);
  });

  it(
    'says in one line that there is no display, and serves the window without opening a browser',
    skippedFor(process.platform === 'linux' ? null : 'only Linux has machines without a display'),
    () => {
      const { stdout, told } = mini.run('start.mjs', [], { env: { DISPLAY: '', WAYLAND_DISPLAY: '' } });
      expect(started(stdout)).toMatchObject({ args: ['serve'] });
      expect(told).toEqual([
        'rollbook: No desktop window: there is no display (DISPLAY and WAYLAND_DISPLAY are not set). The same window is served to a browser instead.',
      ]);
    },
  );

  it(
    'does not look for a display, or speak of one, with --loopback',
    skippedFor(process.platform === 'linux' ? null : 'only Linux has machines without a display'),
    () => {
      const { stdout, told } = mini.run('start.mjs', ['--loopback'], { env: { DISPLAY: '', WAYLAND_DISPLAY: '' } });
      expect(started(stdout)).toMatchObject({ args: ['serve'] });
      expect(told).toEqual([]);
    },
  );

  it('opens the desktop app with the runtime that is named', () => {
    mini.write('runtime/electron', '#!/bin/sh\necho "[\\"$1\\", \\"$2\\"]"\nexit 7\n');
    chmodSync(join(mini.root, 'runtime/electron'), 0o755);
    const env = { ELECTRON_OVERRIDE_DIST_PATH: join(mini.root, 'runtime') };
    // On macOS the executable is in a subfolder, which path.txt names.
    mini.write('node_modules/electron/path.txt', 'electron');
    const { status, stdout } = mini.run('start.mjs', ['--drill'], { env });
    expect(started(stdout)).toEqual([mini.root, '--drill']);
    expect(status).toBe(7);
  });

  it('opens the browser window when the runtime does not start', () => {
    mini.write('runtime/electron', '#!/bin/sh\necho "libnss3.so: not found" >&2\nexit 127\n');
    chmodSync(join(mini.root, 'runtime/electron'), 0o755);
    mini.write('node_modules/electron/path.txt', 'electron');
    const { stdout, told } = mini.run('start.mjs', [], {
      env: { ...DISPLAY, ELECTRON_OVERRIDE_DIST_PATH: join(mini.root, 'runtime') },
    });
    expect(started(stdout)).toMatchObject(SERVED);
    expect(told.at(-1)).toContain('Electron does not start here (127)');
  });

  it('fetches the runtime and opens the desktop app', () => {
    electronPackage(`import { mkdirSync, writeFileSync } from 'node:fs';
      mkdirSync(new URL('dist', import.meta.url));
      writeFileSync(new URL('dist/electron', import.meta.url), '#!/bin/sh\\necho "[\\\\"desktop\\\\"]"\\n', { mode: 0o755 });
      writeFileSync(new URL('path.txt', import.meta.url), 'electron');`);
    mini.write('node_modules/electron/package.json', '{ "version": "1.0.0", "type": "module" }');
    const { status, stdout, told } = mini.run('start.mjs', [], { env: DISPLAY });
    expect(started(stdout)).toEqual(['desktop']);
    expect(status).toBe(0);
    expect(told[0]).toContain('Getting the Electron 1.0.0 runtime');
  });

  it('says why when the runtime cannot be fetched, and does not try again on that day unless told to', () => {
    const log = join(mini.root, 'tries.log');
    electronPackage(`require('node:fs').appendFileSync(${JSON.stringify(log)}, 'x');
      console.error('TypeError: fetch failed: getaddrinfo ENOTFOUND'); process.exit(1);`);
    const first = mini.run('start.mjs', [], { env: DISPLAY });
    expect(started(first.stdout)).toMatchObject(SERVED);
    expect(first.told).toHaveLength(2);
    expect(first.told[1]).toContain('could not be fetched (its server cannot be reached, ENOTFOUND)');
    const second = mini.run('start.mjs', [], { env: DISPLAY });
    expect(started(second.stdout)).toMatchObject(SERVED);
    expect(second.told).toHaveLength(1);
    expect(readFileSync(log, 'utf8')).toBe('x');
    mini.run('start.mjs', ['--desktop'], { env: DISPLAY });
    expect(readFileSync(log, 'utf8')).toBe('xx');
  });
});
