import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder for downloads, which can be downloaded again. ROLLBOOK_CACHE replaces the platform's user cache folder.
 * @param {{ readonly [name: string]: string | undefined }} env
 * @param {NodeJS.Platform} platform
 * @param {string} home the user's home folder
 * @returns {string} absolute path; the folder need not exist yet
 */
export function cacheFolder(env = process.env, platform = process.platform, home = homedir()) {
  if (env.ROLLBOOK_CACHE) return env.ROLLBOOK_CACHE;
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'rollbook');
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'rollbook', 'Cache');
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'rollbook');
}
