/** Finds a browser that can show Rollbook in a window of its own: Chromium, Chrome or Edge (`--app`). */
import { accessSync, constants, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';

export interface Integrations {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isProgram: (path: string) => boolean;
}

export interface Browser {
  readonly name: string;
  /** Absolute path. */
  readonly path: string;
  /**
   * A snap sees neither /tmp nor hidden folders of the home; what it has to read lies in this folder
   * (snapcraft.io, "Data locations": SNAP_USER_COMMON). null for every other browser.
   */
  readonly ownFolder: string | null;
}

/** Program names on PATH, the plainest first. */
const ON_PATH = [
  ['Chromium', 'chromium'],
  ['Chromium', 'chromium-browser'],
  ['Chrome', 'google-chrome'],
  ['Chrome', 'google-chrome-stable'],
  ['Edge', 'microsoft-edge'],
  ['Edge', 'microsoft-edge-stable'],
] as const;

const MAC = [
  ['Chrome', 'Google Chrome'],
  ['Edge', 'Microsoft Edge'],
  ['Chromium', 'Chromium'],
] as const;

const WINDOWS = [
  ['Chrome', 'Google\\Chrome\\Application\\chrome.exe'],
  ['Edge', 'Microsoft\\Edge\\Application\\msedge.exe'],
  ['Chromium', 'Chromium\\Application\\chrome.exe'],
] as const;

export function findBrowser(where: Integrations): Browser | null {
  const found = candidates(where).find(([, path]) => where.isProgram(path));
  if (found === undefined) return null;
  const [name, path] = found;
  return { name, path, ownFolder: snapFolder(where, path) };
}

type Candidate = readonly [name: string, path: string];

function candidates({ platform, env }: Integrations): readonly Candidate[] {
  if (platform === 'win32') {
    const roots = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].filter(
      (root) => root !== undefined,
    );
    return WINDOWS.flatMap(([name, file]) => roots.map((root): Candidate => [name, win32.join(root, file)]));
  }
  const folders = (env['PATH'] ?? '').split(':').filter((folder) => posix.isAbsolute(folder));
  const onPath = ON_PATH.flatMap(([name, file]) =>
    folders.map((folder): Candidate => [name, posix.join(folder, file)]),
  );
  const snaps: Candidate[] = [['Chromium', '/snap/bin/chromium']];
  if (platform !== 'darwin') return [...onPath, ...snaps];
  const homes = ['/Applications', ...(env['HOME'] === undefined ? [] : [posix.join(env['HOME'], 'Applications')])];
  const apps = MAC.flatMap(([name, app]) =>
    homes.map((folder): Candidate => [name, posix.join(folder, `${app}.app/Contents/MacOS/${app}`)]),
  );
  return [...apps, ...onPath];
}

/** On Ubuntu /usr/bin/chromium-browser is a script that starts the snap. */
function snapFolder({ platform, env, isProgram }: Integrations, path: string): string | null {
  const isSnap = path.startsWith('/snap/') || (path.endsWith('/chromium-browser') && isProgram('/snap/bin/chromium'));
  return platform === 'linux' && isSnap && env['HOME'] !== undefined
    ? posix.join(env['HOME'], 'snap/chromium/common')
    : null;
}

/** Why no window can appear where this process runs, as a clause; null when one can. */
export function displayProblem({ platform, env }: Pick<Integrations, 'platform' | 'env'>): string | null {
  if (platform === 'linux') {
    return env['DISPLAY'] || env['WAYLAND_DISPLAY']
      ? null
      : 'there is no display (DISPLAY and WAYLAND_DISPLAY are not set)';
  }
  return env['SSH_CONNECTION'] ? 'this is an SSH session' : null;
}

export const thisMachine = (): Integrations => ({
  platform: process.platform,
  env: process.env,
  isProgram(path) {
    try {
      accessSync(path, constants.X_OK);
      return statSync(path).isFile();
    } catch {
      return false;
    }
  },
});
