import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { skippedFor } from '../../fixtures/skipping.ts';
import { stubRuntime } from './stub-runtime.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const ASAR = join(PROJECT, 'node_modules/@electron/asar/bin/asar.js');

const node = (...args: readonly string[]): string =>
  execFileSync(process.execPath, args, {
    cwd: PROJECT,
    encoding: 'utf8',
    maxBuffer: 64e6,
    // As a workflow builds it.
    env: { ...process.env, GITHUB_REPOSITORY: 'ann/rollbook' },
  });

/** Paths of all files under a folder, with slashes. */
const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .toSorted();

const NO_STUB =
  process.platform === 'linux'
    ? null
    : 'the stub is a Linux runtime; on macOS and Windows the release workflow packs with the real one';

describe('the packed app', skippedFor(NO_STUB), () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-pack-'));
  const packed = join(folder, 'packed', `linux-${process.arch === 'x64' ? '' : `${process.arch}-`}unpacked`);
  const app = join(folder, 'app');

  beforeAll(() => {
    const runtime = stubRuntime(join(folder, 'runtime'));
    const output = join(folder, 'packed');
    node('build/pack.mjs', '--dir', `-c.electronDist=${runtime}`, `-c.directories.output=${output}`);
    // Also has the files next to the archive.
    node(ASAR, 'extract', join(packed, 'resources/app.asar'), app);
  }, 240_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds the built app, its runbooks and scenarios, one package and nothing else', () => {
    const strange = filesIn(app).filter(
      (path) =>
        !/^package\.json$/.test(path) &&
        !/^dist\/(?:desktop|window)\//.test(path) &&
        !/^shared\/(?:runbooks\/[\w.-]+\.md|scenarios\/[\w.-]+\.json)$/.test(path) &&
        !/^node_modules\/better-sqlite3\/(?:package\.json|LICENSE|lib\/[\w./-]+\.js|prebuilds\/[\w.-]+\.node)$/.test(
          path,
        ),
    );
    expect(strange).toEqual([]);
  });

  it('has no sources, no source maps and no tests', () => {
    const unwanted = filesIn(app).filter((path) => /\.(?:tsx?|mts|map)$|(?:^|\/)test\//.test(path));
    expect(unwanted).toEqual([]);
    for (const path of [
      'dist/desktop/main.js',
      'dist/desktop/cli.js',
      'dist/desktop/preload.cjs',
      'dist/window/index.html',
    ])
      expect(existsSync(join(app, path)), path).toBe(true);
  });

  it('has the one SQLite binary of this platform, outside of the archive', () => {
    const binaries = filesIn(app).filter((path) => path.endsWith('.node'));
    expect(binaries).toEqual([`node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`]);
    expect(filesIn(join(packed, 'resources/app.asar.unpacked'))).toEqual(binaries);
  });

  it('has every package that its bundles leave outside, and they work from there', () => {
    const main = readFileSync(join(app, 'dist/desktop/main.js'), 'utf8');
    const packages = [...main.matchAll(/^import .* from "([^"]+)";$/gm)]
      .flatMap(([, name]) => name ?? [])
      .filter((name) => !name.startsWith('node:'));
    expect(new Set(packages)).toEqual(new Set(['electron', 'better-sqlite3']));
    const probe = `import Database from 'better-sqlite3';
      process.stdout.write(String(new Database(':memory:').prepare('SELECT 40 + 2').pluck().get()));`;
    const answer = execFileSync(process.execPath, ['--input-type=module', '-e', probe], { cwd: app, encoding: 'utf8' });
    expect(answer).toBe('42');
  });

  it('is described by a package.json with what is needed to start and to find its files', () => {
    const metadata = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8')) as Record<string, unknown>;
    expect(metadata).toMatchObject({ name: 'rollbook', main: 'dist/desktop/main.js', type: 'module' });
    expect(metadata['rollbook']).toEqual({ updateUrl: 'https://api.github.com/repos/ann/rollbook/releases/latest' });
    expect(metadata['devDependencies'] ?? {}).toEqual({});
    expect(metadata['scripts'] ?? {}).toEqual({});
  });

  it('has its fuses set: not a Node, not to be inspected, only this archive', () => {
    expect(node('build/check-fuses.mjs', join(packed, 'rollbook-desktop'))).toContain('0 set otherwise');
  });

  it('would not pass the check of its fuses as the runtime is shipped', () => {
    const shipped = spawnSync(process.execPath, ['build/check-fuses.mjs', join(folder, 'runtime/electron')], {
      cwd: PROJECT,
      encoding: 'utf8',
    });
    expect(shipped.status).toBe(1);
    expect(shipped.stderr).toContain('RunAsNode is Enabled, wanted: Disabled');
  });

  it('is small', () => {
    const bytes = filesIn(join(packed, 'resources')).reduce(
      (sum, path) => sum + statSync(join(packed, 'resources', path)).size,
      0,
    );
    process.stdout.write(`The app without its runtime: ${(bytes / 1e6).toFixed(1)} MB\n`);
    expect(bytes).toBeLessThan(15e6);
  });
});
