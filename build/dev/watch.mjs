import { rmSync } from 'node:fs';
import { TARGETS } from '../setup/bundle-fresh.mjs';
import { presentElectron } from '../setup/electron-runtime.mjs';
import { explain, say } from '../setup/failure.mjs';
import { inProject, projectRoot } from '../setup/project.mjs';
import { configsOf } from '../bundle/targets.mjs';
import { openHost } from './host.mjs';
import { openPage } from './page.mjs';

/**
 * Watches the sources: a change of the core starts the host anew, a change of the window reloads the page.
 * `--desktop` does the same with the desktop app, which starts anew for both. Other arguments go to the host.
 */

/** @typedef {import('../setup/bundle-fresh.mjs').Target} Target */

const args = process.argv.slice(2);
const desktop = args.includes('--desktop');
const rest = args.filter((arg) => arg !== '--desktop');

/**
 * Builds a target now and at every change of its sources; `built` is called after each build that succeeded.
 * Resolves after the first build of all its parts.
 */
async function watch(/** @type {Target} */ target, /** @type {() => void} */ built) {
  const { build } = await import('vite');
  // What an earlier parser made of the bundled runbook: the parser is being worked on.
  rmSync(inProject(`dist/${target}/bundled-runbook.json`), { force: true });
  for (const config of configsOf(target, inProject(`dist/${target}`))) {
    // A watcher of its own for each part; emptying the folder at each build would take the other parts away.
    const watcher = await build({ ...config, build: { ...config.build, watch: {}, emptyOutDir: false } });
    if (!('on' in watcher)) throw new Error('vite did not start to watch.');
    let first = true;
    await new Promise((resolve) => {
      watcher.on('event', (event) => {
        if (event.code === 'ERROR') say(`Building ${target} failed: ${event.error.message}`);
        if (event.code === 'BUNDLE_END' && !first) {
          say(`${target} was built in ${event.duration} ms.`);
          built();
        }
        if (event.code === 'END' || event.code === 'ERROR') {
          first = false;
          resolve(undefined);
        }
      });
    });
  }
}

async function main() {
  const electron = presentElectron();
  if (desktop && electron === undefined) say('There is no Electron runtime yet; run `npm start` once to get it.');
  const withDesktop = desktop && electron !== undefined;
  const stop = async () => {
    await host.stop();
    process.exit(0);
  };
  const page = withDesktop ? undefined : await openPage(() => void stop());
  const host = openHost({
    file: withDesktop ? electron : process.execPath,
    args: withDesktop
      ? [projectRoot, ...rest]
      : ['--enable-source-maps', inProject(TARGETS.cli.proof), 'serve', ...rest],
    onAddress: (address) => page?.lead(address),
  });
  process.once('SIGINT', () => void stop()).once('SIGTERM', () => void stop());
  say('Building, then watching the sources; Ctrl-C ends it...');
  await watch('window', () => void (page === undefined ? host.restart() : page.reload()));
  await watch(withDesktop ? 'desktop' : 'cli', () => void host.restart());
  await host.restart();
}

try {
  await main();
} catch (thrown) {
  process.exit(explain(thrown));
}
