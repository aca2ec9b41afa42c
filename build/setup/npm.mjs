import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { EnvironmentFailure } from './failure.mjs';
import { npmFailure } from './npm-failure.mjs';

/** Quiet, never interactive, and soon done with a network that is not there (npm's own default waits minutes). */
const FLAGS = ['--no-audit', '--no-fund', '--no-progress', '--no-update-notifier', '--ignore-scripts'];
const NETWORK = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];

/**
 * How npm is started: the one that started us when there is one, else the one on PATH.
 * @param {string} node the Node that is to run it
 * @param {{ readonly [name: string]: string | undefined }} env
 * @param {NodeJS.Platform} platform
 * @returns {{ readonly file: string, readonly args: readonly string[], readonly shell: boolean }}
 */
export function npmCommand(node, env = process.env, platform = process.platform) {
  const script = env.npm_execpath;
  if (script !== undefined && /npm-cli\.[cm]?js$/.test(script) && existsSync(script)) {
    return { file: node, args: [script], shell: false };
  }
  // npm.cmd is a batch file, which Windows starts only through its shell; every argument of ours is a plain word.
  return platform === 'win32' ? { file: 'npm.cmd', args: [], shell: true } : { file: 'npm', args: [], shell: false };
}

/**
 * The environment for npm: without what an outer `npm run` left about its own package, so that the folder counts.
 * @param {string} node comes first on PATH, because npm's own first line asks for `node`
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function npmEnvironment(node, env = process.env) {
  const outer = /^npm_(package_|lifecycle_|command$|config_(local_prefix|prefix|global_prefix)$)/;
  const kept = Object.entries(env).filter(([name]) => !outer.test(name) && name.toUpperCase() !== 'PATH');
  const path = Object.entries(env).find(([name]) => name.toUpperCase() === 'PATH')?.[1] ?? '';
  return { ...Object.fromEntries(kept), PATH: `${dirname(node)}${delimiter}${path}` };
}

/**
 * Runs npm to its end. Throws EnvironmentFailure with advice when it fails.
 * @param {{ doing: string, args: readonly string[], folder: string, node: string }} request `doing` opens the failure's
 * sentence, as in "Installing the packages"
 * @returns {Promise<void>}
 */
export function runNpm({ doing, args, folder, node }) {
  const npm = npmCommand(node);
  return new Promise((resolve, reject) => {
    const child = spawn(npm.file, [...npm.args, ...args, ...FLAGS, ...NETWORK], {
      cwd: folder,
      env: npmEnvironment(node),
      shell: npm.shell,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let output = '';
    child.stderr.on('data', (chunk) => {
      output = (output + String(chunk)).slice(-20_000);
    });
    child.once('error', () => reject(npmMissing()));
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else if (code === 127) reject(npmMissing());
      else reject(npmFailure(doing, output, signal === null ? `exit code ${code}` : `ended by ${signal}`));
    });
  });
}

const npmMissing = () =>
  new EnvironmentFailure(
    'npm was not found on this machine.',
    'Install npm (on Debian: `apt-get install npm`; elsewhere it comes with Node), then start again.',
  );
