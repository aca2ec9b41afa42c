import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../setup/cache-folder.mjs';

/**
 * The real binaries that `npm run test:tools` tests against: fetched once into the cache folder, outside the tree.
 * What cannot be had is told with its reason; nothing here fails.
 *
 * @typedef {{ readonly path: string } | { readonly why: string }} Had
 */

/** The Supabase CLIs that Rollbook is tested against. */
export const SUPABASE_VERSIONS = ['2.104.0', '2.122.1', '3.1.0'];
/** The version whose package also contains supabase-go, which behaves as the CLI of 2025 did. */
export const SUPABASE_WITH_GO = '2.104.0';
export const FLYCTL_VERSION = 'v0.4.87';

const tools = join(cacheFolder(), 'tools');
const LIMIT_MS = 10 * 60_000;

/** @returns {Had} */
export function supabase(/** @type {string} */ version) {
  if (process.platform === 'win32') return { why: 'the Windows package is not tested' };
  const folder = join(tools, `supabase-${version}`);
  const path = join(folder, 'package', 'bin', 'supabase');
  if (existsSync(path)) return { path };
  const name = `@supabase/cli-${process.platform}-${process.arch}@${version}`;
  return fetched(
    folder,
    (half) => {
      const packed = spawnSync('npm', ['pack', name, '--silent'], { cwd: half, encoding: 'utf8', timeout: LIMIT_MS });
      const file = packed.stdout?.trim().split('\n').at(-1) ?? '';
      if (packed.status !== 0 || file === '') return `npm pack ${name} failed: ${lastLine(packed)}`;
      const unpacked = spawnSync('tar', ['xzf', file], { cwd: half, encoding: 'utf8' });
      rmSync(join(half, file), { force: true });
      return unpacked.status === 0 ? null : `${file} could not be unpacked: ${lastLine(unpacked)}`;
    },
    path,
  );
}

/** ROLLBOOK_FLYCTL names one that is there; else by the Go toolchain and its module proxy; needs Go 1.21 or newer, which fetches the one flyctl wants. @returns {Had} */
export function flyctl() {
  const given = process.env['ROLLBOOK_FLYCTL'];
  if (given !== undefined && given !== '')
    return existsSync(given) ? { path: given } : { why: `ROLLBOOK_FLYCTL names ${given}, which is not there` };
  const folder = join(tools, `flyctl-${FLYCTL_VERSION}`);
  const path = join(folder, process.platform === 'win32' ? 'flyctl.exe' : 'flyctl');
  if (existsSync(path)) return { path };
  const version = spawnSync('go', ['version'], { encoding: 'utf8' });
  const [, minor] = /go1\.(\d+)/.exec(version.stdout ?? '') ?? [];
  if (minor === undefined) return { why: 'there is no Go toolchain on PATH to build flyctl with' };
  if (Number(minor) < 21) return { why: `Go 1.${minor} is too old to fetch the toolchain that flyctl needs` };
  return fetched(
    folder,
    (half) => {
      const built = spawnSync('go', ['install', `github.com/superfly/flyctl@${FLYCTL_VERSION}`], {
        cwd: half,
        encoding: 'utf8',
        env: { ...process.env, GOBIN: half, CGO_ENABLED: '0', GOTOOLCHAIN: 'auto' },
        timeout: LIMIT_MS,
      });
      return built.status === 0 ? null : `go install flyctl@${FLYCTL_VERSION} failed: ${lastLine(built)}`;
    },
    path,
  );
}

/** A tool of this machine. @returns {Had} */
export function installed(/** @type {string} */ name) {
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  const path = found.stdout?.trim() ?? '';
  return path.startsWith('/') ? { path } : { why: `${name} is not installed` };
}

/** Whole or not at all. @returns {Had} */
function fetched(
  /** @type {string} */ folder,
  /** @type {(half: string) => string | null} */ work,
  /** @type {string} */ path,
) {
  mkdirSync(dirname(folder), { recursive: true });
  const half = mkdtempSync(`${folder}-`);
  try {
    const why = work(half);
    if (why !== null) return { why };
    rmSync(folder, { recursive: true, force: true });
    renameSync(half, folder);
    return existsSync(path) ? { path } : { why: `${path} is not in what was fetched` };
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
}

function lastLine(/** @type {import('node:child_process').SpawnSyncReturns<string>} */ { error, stderr, stdout }) {
  return error?.message ?? `${stdout}\n${stderr}`.trim().split('\n').at(-1) ?? 'no reason given';
}
