import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../setup/cache-folder.mjs';
import { skippedCounts } from './counts.mjs';

/**
 * The real tools of `npm run test:tools`. supabase and flyctl are downloaded once, into the cache folder; the others are
 * those of this machine. A tool that is missing is reported with the reason, and nothing here throws.
 *
 * @typedef {{ readonly path: string } | { readonly why: string }} Tool `why`: the reason it is missing, as a clause
 */

/** The Supabase CLIs that Rollbook is tested against. */
export const SUPABASE_VERSIONS = ['2.104.0', '2.122.1', '3.1.0'];
/** The version whose package also contains supabase-go, which behaves as the CLI of 2025 did. */
export const SUPABASE_WITH_GO = '2.104.0';
const FLYCTL_VERSION = 'v0.4.87';

const FOLDER = join(cacheFolder(), 'tools');
const LIMIT_MS = 10 * 60_000;

/**
 * Finds or downloads the tools, and passes their paths to the tests. A missing tool is skipped with its reason; with
 * ROLLBOOK_TOOLS_REQUIRED=1, which the workflow sets, it also counts as a failure.
 */
export function findRealTools() {
  /** @type {Record<string, Tool>} */
  const tools = { flyctl: flyctl() };
  for (const version of SUPABASE_VERSIONS) tools[`supabase ${version}`] = supabase(version);
  for (const name of ['psql', 'pg_dump', 'pg_restore', 'curl', 'git', 'npm']) tools[name] = installed(name);
  const missing = Object.entries(tools).flatMap(([name, tool]) => ('why' in tool ? [{ name, reason: tool.why }] : []));
  const failed = process.env.ROLLBOOK_TOOLS_REQUIRED === '1' ? missing.length : 0;
  return { env: { ROLLBOOK_REAL_TOOLS: JSON.stringify(tools) }, counts: { ...skippedCounts(missing), failed } };
}

/** @returns {Tool} */
function supabase(/** @type {string} */ version) {
  if (process.platform === 'win32') return { why: 'the Windows package is not tested' };
  const folder = join(FOLDER, `supabase-${version}`);
  const path = join(folder, 'package', 'bin', 'supabase');
  if (existsSync(path)) return { path };
  const name = `@supabase/cli-${process.platform}-${process.arch}@${version}`;
  return downloaded(
    folder,
    (partial) => {
      const packed = spawnSync('npm', ['pack', name, '--silent'], {
        cwd: partial,
        encoding: 'utf8',
        timeout: LIMIT_MS,
      });
      const file = packed.stdout?.trim().split('\n').at(-1) ?? '';
      if (packed.status !== 0 || file === '') return `npm pack ${name} failed: ${lastLine(packed)}`;
      const unpacked = spawnSync('tar', ['xzf', file], { cwd: partial, encoding: 'utf8' });
      rmSync(join(partial, file), { force: true });
      return unpacked.status === 0 ? null : `${file} could not be unpacked: ${lastLine(unpacked)}`;
    },
    path,
  );
}

/**
 * The flyctl that ROLLBOOK_FLYCTL names; else one that `go install` builds. That needs Go 1.21 or newer, which downloads
 * the toolchain that flyctl asks for.
 * @returns {Tool}
 */
function flyctl() {
  const given = process.env['ROLLBOOK_FLYCTL'];
  if (given !== undefined && given !== '')
    return existsSync(given) ? { path: given } : { why: `ROLLBOOK_FLYCTL names ${given}, which is not there` };
  const folder = join(FOLDER, `flyctl-${FLYCTL_VERSION}`);
  const path = join(folder, process.platform === 'win32' ? 'flyctl.exe' : 'flyctl');
  if (existsSync(path)) return { path };
  const version = spawnSync('go', ['version'], { encoding: 'utf8' });
  const [, minor] = /go1\.(\d+)/.exec(version.stdout ?? '') ?? [];
  if (minor === undefined) return { why: 'there is no Go toolchain on PATH to build flyctl with' };
  if (Number(minor) < 21) return { why: `Go 1.${minor} is too old to fetch the toolchain that flyctl needs` };
  return downloaded(
    folder,
    (partial) => {
      const built = spawnSync('go', ['install', `github.com/superfly/flyctl@${FLYCTL_VERSION}`], {
        cwd: partial,
        encoding: 'utf8',
        env: { ...process.env, GOBIN: partial, CGO_ENABLED: '0', GOTOOLCHAIN: 'auto' },
        timeout: LIMIT_MS,
      });
      return built.status === 0 ? null : `go install flyctl@${FLYCTL_VERSION} failed: ${lastLine(built)}`;
    },
    path,
  );
}

/** A tool on this machine's PATH. @returns {Tool} */
function installed(/** @type {string} */ name) {
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  const path = found.stdout?.trim() ?? '';
  return path.startsWith('/') ? { path } : { why: `${name} is not installed` };
}

/** Downloads into a temporary folder and renames it, so that an interrupted download leaves nothing. @returns {Tool} */
function downloaded(
  /** @type {string} */ folder,
  /** @type {(partial: string) => string | null} */ download,
  /** @type {string} */ path,
) {
  mkdirSync(dirname(folder), { recursive: true });
  const partial = mkdtempSync(`${folder}-`);
  try {
    const why = download(partial);
    if (why !== null) return { why };
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
    return existsSync(path) ? { path } : { why: `${path} is not in the download` };
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

function lastLine(/** @type {import('node:child_process').SpawnSyncReturns<string>} */ { error, stderr, stdout }) {
  return error?.message ?? `${stdout}\n${stderr}`.trim().split('\n').at(-1) ?? 'no reason given';
}
