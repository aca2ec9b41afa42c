import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { say } from './failure.mjs';
import { inProject } from './project.mjs';

/**
 * Electron's npm package contains no runtime; its install.js downloads one. This file finds the runtime, or runs that
 * download, prints its progress and ends it when it stalls.
 */

/**
 * `firstByteMs`: without a first byte by then the server counts as unreachable, because the window must open in the browser
 * within 15 s. `stallMs`: a download without progress for so long is ended.
 */
const LIMITS = { firstByteMs: 9_000, stallMs: 20_000 };
const DAY_MS = 24 * 60 * 60_000;

const PACKAGE = inProject('node_modules/electron');

/** @typedef {{ readonly version: string, readonly at: number, readonly why: string }} Failed a download that failed */

/**
 * The runtime's executable, if there is one: in ELECTRON_OVERRIDE_DIST_PATH, else where Electron's package installs it.
 * @param {{ readonly [name: string]: string | undefined }} env
 * @param {string} folder Electron's package
 * @returns {string | undefined} absolute path
 */
export function presentElectron(env = process.env, folder = PACKAGE) {
  const named = join(folder, 'path.txt');
  const inside = existsSync(named) ? readFileSync(named, 'utf8') : executableName();
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  // install.js writes path.txt last: without it, unpacking was interrupted.
  const file = override ? join(override, inside) : existsSync(named) ? join(folder, 'dist', inside) : undefined;
  return file !== undefined && existsSync(file) ? file : undefined;
}

function executableName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

const failureFile = () => join(cacheFolder(), 'electron-download-failed.json');

/**
 * Why not to try a download: for a day after a failure the same version is not tried again.
 * @param {Failed | undefined} failed
 * @param {string} version
 * @param {number} now ms since the epoch
 * @returns {string | undefined} why not; undefined when it should be tried
 */
export function reasonNotToTry(failed, version, now) {
  if (failed?.version !== version || now - failed.at > DAY_MS || failed.at > now) return undefined;
  const minutes = Math.max(1, Math.round((now - failed.at) / 60_000));
  const ago = minutes < 60 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
  return `the Electron runtime could not be fetched ${ago} ago (${failed.why}; \`npm start -- --desktop\` tries again)`;
}

/**
 * Downloads the runtime.
 * @param {string} node
 * @param {boolean} insist try even if it failed within a day
 * @returns {Promise<{ file: string } | { why: string }>} its executable, or why there is none, as a clause
 */
export async function fetchElectron(node, insist) {
  const { version } = createRequire(import.meta.url)(join(PACKAGE, 'package.json'));
  const reason = insist ? undefined : reasonNotToTry(readFailed(), version, Date.now());
  if (reason !== undefined) return { why: reason };
  say(`Getting the Electron ${version} runtime (once, about 120 MB)...`);
  const why = await download(node);
  const file = presentElectron();
  if (file !== undefined) return { file };
  const failed = { version, at: Date.now(), why: why ?? 'its download left nothing' };
  remember(failed);
  return { why: `the Electron runtime could not be fetched (${failed.why})` };
}

/** @returns {Failed | undefined} */
function readFailed() {
  try {
    return JSON.parse(readFileSync(failureFile(), 'utf8'));
  } catch {
    return undefined;
  }
}

function remember(/** @type {Failed} */ failed) {
  try {
    mkdirSync(cacheFolder(), { recursive: true });
    writeFileSync(failureFile(), JSON.stringify(failed));
  } catch {
    // Errors are ignored: without the file, the next start tries again.
  }
}

/**
 * Runs Electron's install.js with a new temporary folder. It prints no progress, so the growth of the folder is watched.
 * @param {string} node
 * @param {string} electron Electron's package
 * @param {typeof LIMITS} limits
 * @returns {Promise<string | undefined>} why it failed, as a clause
 */
export function download(node, electron = PACKAGE, limits = LIMITS) {
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-electron-'));
  return new Promise((resolve) => {
    const child = spawn(node, [join(electron, 'install.js')], {
      env: {
        ...process.env,
        TMPDIR: folder,
        TEMP: folder,
        TMP: folder,
        NODE_USE_ENV_PROXY: '1',
        ELECTRON_GET_NO_PROGRESS: '1',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let output = '';
    child.stderr.on('data', (chunk) => {
      output = (output + String(chunk)).slice(-20_000);
    });
    let given = '';
    const stopWatching = watchGrowth([folder, join(electron, 'dist')], limits, (why) => {
      given = why;
      child.kill('SIGKILL');
    });
    const end = (/** @type {string | undefined} */ why) => {
      stopWatching();
      rmSync(folder, { recursive: true, force: true });
      resolve(why);
    };
    child.once('error', (error) => end(error.message));
    child.once('close', (code) => end(code === 0 ? undefined : given || meaningOf(output)));
  });
}

/** The reason of a failed download in a few words, from the output of install.js. */
export function meaningOf(/** @type {string} */ output) {
  if (/ENOSPC/.test(output)) return 'the disk is full';
  if (/CERT|self.signed/i.test(output)) return 'the certificate of its server is not trusted here';
  const status = /Response code (\d{3})/.exec(output)?.[1];
  if (status !== undefined) return `its server answered ${status}`;
  if (/checksum|sumchecker/i.test(output)) return 'it arrived damaged';
  const network = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)\b/.exec(
    output,
  )?.[1];
  if (network !== undefined || /fetch failed/.test(output))
    return `its server cannot be reached${network ? `, ${network}` : ''}`;
  return 'its download failed';
}

/**
 * Watches folders for growth.
 * @param {readonly string[]} folders
 * @param {typeof LIMITS} limits
 * @param {(why: string) => void} stalled called once, with the reason as a clause, when they did not grow for too long
 * @returns {() => void} stops watching
 */
function watchGrowth(folders, { firstByteMs, stallMs }, stalled) {
  const total = () => folders.reduce((sum, folder) => sum + bytesIn(folder), 0);
  let bytes = total();
  let since = Date.now();
  let began = false;
  let told = 0;
  const timer = setInterval(
    () => {
      const now = total();
      if (now !== bytes) {
        [bytes, since, began] = [now, Date.now(), true];
        if (now - told > 25e6) {
          told = now;
          say(`... ${Math.round(now / 1e6)} MB`);
        }
      } else if (Date.now() - since > (began ? stallMs : firstByteMs)) {
        clearInterval(timer);
        stalled(began ? 'its download stopped moving' : `no answer within ${firstByteMs / 1000} s`);
      }
    },
    Math.min(250, firstByteMs),
  );
  return () => clearInterval(timer);
}

function bytesIn(/** @type {string} */ folder) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true }).reduce(
      (sum, entry) => sum + (entry.isFile() ? sizeOf(join(entry.parentPath, entry.name)) : 0),
      0,
    );
  } catch {
    return 0;
  }
}

const sizeOf = (/** @type {string} */ file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
