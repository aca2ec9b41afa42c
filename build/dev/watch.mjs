import { rmSync } from 'node:fs';
import { TARGETS } from '../setup/bundle-fresh.mjs';
import { presentElectron } from '../setup/electron-runtime.mjs';
import { explain, say } from '../setup/failure.mjs';
import { inProject, projectRoot } from '../setup/project.mjs';
import { configsOf } from '../bundle/targets.mjs';
import { openHost } from './host.mjs';
import { openPage } from './page.mjs';

/**
 * Watches the sources: a change of the core restarts the host, a change of the window reloads the page. With `--desktop`
 * the host is the desktop app, which is restarted for both. Other arguments are passed to the host.
 */

/** @typedef {import('../setup/bundle-fresh.mjs').Target} Target */

const args = process.argv.slice(2);
const desktop = args.includes('--desktop');
const rest = args.filter((arg) => arg !== '--desktop');

/**
 * Builds a target now and at each change of its sources. Resolves after the first build; `built` is called after each
 * later one that succeeds.
 */
async function watch(/** @type {Target} */ target, /** @type {() => void} */ built) {
  const { build } = await import('vite');
  // Parsed by an older parser: without the file, the program parses the bundled runbook itself.
  rmSync(inProject(`dist/${target}/bundled-runbook.json`), { force: true });
  for (const config of configsOf(target, inProject(`dist/${target}`))) {
    // Each part has its own watcher. Emptying the folder would delete the other parts.
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
    onAddress: (address) => page?.goTo(address),
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
