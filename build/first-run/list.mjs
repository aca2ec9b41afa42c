/**
 * What the double of Electron cannot prove, one command each, for the first person with a real runtime. The README of
 * the double (test/electron-double) says why for each.
 *
 * @typedef {object} Row
 * @property {string} what
 * @property {string} command a line for a shell in the project; a program that exits with 0 has passed
 * @property {string} [look] what only eyes can tell, asked once the command has ended
 */

const RUNTIME = 'node node_modules/@playwright/test/cli.js test --config=build/playwright.runtime.config.ts';

/** Where `npm run pack -- --dir` puts the program, in the project. */
function packedProgram(/** @type {NodeJS.Platform} */ platform, /** @type {string} */ arch) {
  const suffix = arch === 'x64' ? '' : `-${arch}`;
  if (platform === 'darwin') return `dist/packages/mac${suffix}/Rollbook.app/Contents/MacOS/Rollbook`;
  if (platform === 'win32') return `dist/packages/win${suffix}-unpacked/Rollbook.exe`;
  return `dist/packages/linux${suffix}-unpacked/rollbook-desktop`;
}

/**
 * @param {NodeJS.Platform} platform
 * @param {string} arch
 * @returns {readonly Row[]}
 */
export function firstRun(platform, arch) {
  const program = packedProgram(platform, arch);
  const fused = platform === 'darwin' ? program.replace('/Contents/MacOS/Rollbook', '') : program;
  const headless = platform === 'linux' ? '--no-sandbox --disable-gpu --ozone-platform=headless ' : '';
  const undisplayed = platform === 'linux' ? 'env -u DISPLAY -u WAYLAND_DISPLAY ' : '';
  return [
    { what: 'The runtime starts', command: 'node node_modules/electron/cli.js --version' },
    { what: 'Start-up within its budget, with real pixels', command: `${RUNTIME} --project=budgets` },
    { what: 'Life cycle, IPC, context bridge, navigation', command: `${RUNTIME} --project=specs desktop/double` },
    { what: 'Sandbox, permissions, hostile pages', command: `${RUNTIME} --project=specs desktop/security` },
    { what: 'All stories in the real window', command: `${RUNTIME} --project=stories` },
    { what: 'Packing for this platform', command: 'npm run pack -- --dir' },
    { what: 'Fuses of the packed program', command: `node build/check-fuses.mjs ${fused}` },
    {
      what: 'The command line in the packed program, without a display',
      command: `${undisplayed}${program} ${headless}--cli -- drill --scenario app-rollback --auto --speed 600 --expect`,
    },
    {
      what: 'Tray, menu and icon',
      command: program,
      look: 'Run a drill (R), then quit. Did the tray show its clock with the word "within target"?',
    },
    {
      what: 'Global key, from another program',
      command: program,
      look: 'Run a drill, go to another program, press Ctrl+Alt+Shift+R (Cmd on a Mac). Did the drill come to the front?',
    },
    {
      what: 'Notification and its click',
      command: program,
      look: 'Run a drill at 60 times, wait for 50 % of the target. Did a notification come, and did a click open the drill?',
    },
    {
      what: 'Closing the window during a watch',
      command: program,
      look: 'Close the window in a watch, choose "go on watching". Did the tray bring it back, with readings meanwhile?',
    },
    {
      what: 'A dropped file, and a secret kept by the system',
      command: program,
      look: 'Drop a Markdown file on the window; keep a secret in the settings. Was the file shown, and the secret kept after a restart?',
    },
  ];
}
