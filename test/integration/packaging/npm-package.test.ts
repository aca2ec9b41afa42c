import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { skippedFor } from '../../fixtures/skipping.ts';
import { packageRegistry } from './package-registry.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

describe('the npm package', skippedFor(process.platform === 'win32' ? 'npm is a batch file there' : null), () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-npm-'));
  const prefix = join(folder, 'prefix');
  const home = join(folder, 'home');
  const installed = join(prefix, 'lib/node_modules/rollbook');
  const program = join(prefix, 'bin/rollbook');
  const env = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, HOME: folder, ROLLBOOK_HOME: home };
  let packed: Packed;

  const npm = (...args: readonly string[]): string =>
    execFileSync('npm', args, {
      cwd: PROJECT,
      encoding: 'utf8',
      env: { ...env, PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` },
    });

  beforeAll(async () => {
    // As a person does it: npm builds what is missing.
    [packed] = JSON.parse(npm('pack', '--json', '--silent', '--pack-destination', folder)) as [Packed];
    const registry = await packageRegistry(PROJECT, folder, ['better-sqlite3', 'node-addon-api']);
    try {
      const install = ['--global', '--prefix', prefix, '--registry', registry.url, '--cache', join(folder, 'cache')];
      const args = ['install', ...install, '--no-audit', join(folder, packed.filename)];
      // Not execFileSync: the registry is in this process.
      const npmRun = spawn('npm', args, { cwd: folder, env: { ...process.env, ...env }, stdio: 'inherit' });
      const code = await new Promise((resolve) => npmRun.once('close', resolve));
      if (code !== 0) throw new Error(`npm install ended with ${String(code)}.`);
    } finally {
      await registry.close();
    }
  }, 120_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds the built program, its runbooks and scenarios, and no sources', () => {
    const strange = packed.files
      .map(({ path }) => path)
      .filter(
        (path) =>
          !/^(?:package\.json|README\.md|LICENSE|build\/rollbook\.mjs)$/.test(path) &&
          !/^dist\/(?:cli|window)\/[\w./-]+\.(?:js|json|css|html|svg|woff2)$/.test(path) &&
          // npm takes the file of `main` along.
          path !== 'dist/desktop/main.js' &&
          !/^shared\/(?:runbooks\/[\w.-]+\.md|scenarios\/[\w.-]+\.json)$/.test(path),
      );
    expect(strange).toEqual([]);
  });

  it('installs the one package that is not bundled', () => {
    const packages = readdirSync(join(installed, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(packages.toSorted()).toEqual(['better-sqlite3', 'node-addon-api']);
  });

  it('runs a drill from another folder, and builds nothing', () => {
    const args = ['drill', '--scenario', 'app-rollback', '--auto', '--speed', '600', '--expect'];
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, env, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^DRILL app-rollback: verified.*\(declared: verified\)/);
    expect(status).toBe(0);
  });

  it('serves the window', async () => {
    const server = spawn(program, ['serve'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void server.kill('SIGKILL'));
    let said = '';
    const address = await new Promise<string>((resolve, reject) => {
      server.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const found = /works once: (\S+)/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
      server.once('close', () => reject(new Error(`It ended: ${said}`)));
    });
    const entered = await fetch(address, { redirect: 'manual' });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await fetch(new URL('/', address), { headers: { cookie } });
    const html = await page.text();
    expect(html).toContain('<div id="root">');
    const script = /src="([^"]+\.js)"/.exec(html)?.[1] ?? '';
    const answer = await fetch(new URL(script, address), { headers: { cookie } });
    expect(answer.status).toBe(200);
    expect((await answer.text()).length).toBeGreaterThan(100_000);
    server.kill('SIGTERM');
    expect(await new Promise((resolve) => server.once('exit', resolve))).toBe(0);
  });

  it('refuses a Node that is too old, before it loads anything', () => {
    // `--import` runs first: it makes this Node say that it is an old one.
    const old = join(folder, 'old.mjs');
    writeFileSync(old, "Object.defineProperty(process.versions, 'node', { value: '22.13.1' });");
    const command = ['--import', old, join(installed, 'build/rollbook.mjs'), '--help'];
    const { status, stderr } = spawnSync(process.execPath, command, { env, encoding: 'utf8' });
    expect(stderr).toContain('Rollbook needs Node 22.14 or newer, and this is 22.13.1');
    expect(status).toBe(3);
  });
});
