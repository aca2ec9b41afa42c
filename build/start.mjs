import { callerFolder } from './setup/caller-folder.mjs';
import { runScript, say } from './setup/failure.mjs';
import { fetchElectron, presentElectron } from './setup/electron-runtime.mjs';
import { inProject, projectRoot } from './setup/project.mjs';
import { makeReady } from './setup/ready.mjs';
import { runToEnd } from './setup/run-to-end.mjs';
import { desktopRefusal, displayRefusal, failedToOpen } from './setup/way-to-open.mjs';

const HELP = `Usage: npm start [-- options]

Opens Rollbook: the desktop app, or the same window in a browser when there is no Electron runtime.

  --loopback   open the browser window; without a display, print its address
  --desktop    try again to download the Electron runtime, even if that failed today
  others       are passed to the desktop app or to \`rollbook serve\``;

/** @returns {Promise<number>} */
async function start() {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const rest = args.filter((arg) => arg !== '--loopback' && arg !== '--desktop');
  if (args.includes('--loopback')) return openLoopback(rest);
  const refusal = desktopRefusal(process.env, process.platform);
  if (refusal !== undefined) return openInstead(refusal, rest);

  const node = await makeReady([]);
  const runtime = presentElectron();
  const found = runtime === undefined ? await fetchElectron(node, args.includes('--desktop')) : { file: runtime };
  if ('why' in found) return openInstead(found.why, rest);
  await makeReady(['window', 'desktop']);
  const began = Date.now();
  const code = await runToEnd(found.file, [projectRoot, ...rest], { cwd: callerFolder() }).catch(() => 126);
  // Without a system library or a display Electron ends at once. An app that ran and failed has printed the reason.
  return failedToOpen(code, Date.now() - began) ? openInstead(`Electron does not start here (${code})`, rest) : code;
}

function openInstead(/** @type {string} */ why, /** @type {readonly string[]} */ args) {
  say(`No desktop window: ${why}. The same window is served to a browser instead.`);
  return openLoopback(args);
}

async function openLoopback(/** @type {readonly string[]} */ args) {
  const node = await makeReady(['window', 'cli']);
  // Without a display no browser can be opened: the address is printed.
  const open = displayRefusal(process.env, process.platform) === undefined ? ['--open'] : [];
  const serve = ['--enable-source-maps', inProject('dist/cli/main.js'), 'serve', ...open, ...args];
  return runToEnd(node, serve, { cwd: callerFolder(), tied: true });
}

await runScript(start);
