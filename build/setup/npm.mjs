import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { EnvironmentFailure } from './failure.mjs';
import { npmFailure } from './npm-failure.mjs';

/** Quiet and never interactive. */
const FLAGS = ['--no-audit', '--no-fund', '--no-progress', '--no-update-notifier', '--ignore-scripts'];
/** Without a network npm would try for minutes. */
const NETWORK = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];

/**
 * The command that starts npm: the npm that started this script if there is one, else the one on PATH.
 * @param {string} node the Node that runs it
 * @param {{ readonly [name: string]: string | undefined }} env
 * @param {NodeJS.Platform} platform
 * @returns {{ readonly file: string, readonly args: readonly string[], readonly shell: boolean }}
 */
export function npmCommand(node, env = process.env, platform = process.platform) {
  const script = env.npm_execpath;
  if (script !== undefined && /npm-cli\.[cm]?js$/.test(script) && existsSync(script)) {
    return { file: node, args: [script], shell: false };
  }
  // npm.cmd is a batch file, which Windows starts only in a shell. No argument needs quoting.
  return platform === 'win32' ? { file: 'npm.cmd', args: [], shell: true } : { file: 'npm', args: [], shell: false };
}

/**
 * The environment for npm, without the variables of an outer `npm run`, so that npm works on the given folder.
 * @param {string} node put first on PATH, because npm's script starts `node`
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
 * @param {{ doing: string, args: readonly string[], folder: string, node: string }} request `doing` is the start of the
 * failure's sentence, as in "Installing the packages"
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
