import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FlyCall, FlyError } from './fly-command.ts';

const CONFIG_FILES = ['fly.toml', 'fly.json', 'fly.yaml'];

/** The app a command is for: `-a`, then FLY_APP, then the configuration file (command.go RequireAppName). */
export function appName(call: FlyCall): string {
  const name = call.flags.text('app') || call.env['FLY_APP'] || nameInConfig(call);
  if (name) return name;
  throw new FlyError(
    'the config for your app is missing an app name, add an app field to the fly.toml file or specify with the -a flag',
  );
}

/** Path of the configuration that would be used, or null: then flyctl takes the one of the running release. */
export function configPath(call: FlyCall): string | null {
  const named = call.flags.text('config');
  const paths = named === '' ? CONFIG_FILES.map((file) => join(call.cwd, file)) : [named];
  return paths.find((path) => existsSync(path)) ?? null;
}

function nameInConfig(call: FlyCall): string {
  const path = configPath(call);
  if (path === null) return '';
  return /^\s*"?app"?\s*[=:]\s*["']?([\w-]+)/m.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
}

/** The query in the error is the one that the command sends, on one line. */
export const notFoundByQuery = (query: string, app: string): string =>
  `failed to run ${query}: Could not find App "${app}"`;
