/** Facts of this machine and this installation. */
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { isAbsolute } from 'node:path';
import envPaths from 'env-paths';
import { RollbookError } from '#shared/api/result.ts';
import { assetPath } from './assets.ts';

/** The data folder of window, loopback and command line. Code: `environment` when ROLLBOOK_HOME is not absolute. */
export function dataFolder(env: NodeJS.ProcessEnv): string {
  const chosen = env['ROLLBOOK_HOME'];
  if (chosen === undefined || chosen === '') return envPaths('rollbook', { suffix: '' }).data;
  if (isAbsolute(chosen)) return chosen;
  throw new RollbookError(
    'environment',
    `ROLLBOOK_HOME is "${chosen}", which is not an absolute path.`,
    'Give the whole path.',
  );
}

/** Names the boot that monotonic times count from. */
export function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // Elsewhere the minute of the boot has to do: it is the same for every process until the next one.
    return `boot-${Math.round((Date.now() - uptime() * 1_000) / 60_000)}`;
  }
}

export function programVersion(): string {
  const { version } = JSON.parse(readFileSync(assetPath('package.json'), 'utf8')) as { version: string };
  return version;
}
