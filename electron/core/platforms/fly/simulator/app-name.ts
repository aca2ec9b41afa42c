import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readArgumentFile } from '#core/simulator/argument-files.ts';
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

/** Path of the configuration file that is used; null: flyctl uses the configuration of the running release. */
export function configPath(call: FlyCall): string | null {
  const named = call.flags.text('config');
  const paths = named === '' ? CONFIG_FILES.map((file) => join(call.cwd, file)) : [named];
  return paths.find((path) => existsSync(path)) ?? null;
}

function nameInConfig(call: FlyCall): string {
  const path = configPath(call);
  if (path === null) return '';
  const named = readArgumentFile(path);
  if ('why' in named) throw new FlyError(`failed loading app config from ${path}: ${named.why}`);
  return /^\s*"?app"?\s*[=:]\s*["']?([\w-]+)/m.exec(named.text)?.[1] ?? '';
}

/** The error of Fly for an app; null: it answers. */
export type Refusal = 'no-network' | 'not-found';

export function refusal(call: FlyCall, app: string): Refusal | null {
  const { service, trouble } = call.cloud.read().scenario;
  if (trouble.networkDown) return 'no-network';
  return app === service.app && !trouble.appMissing ? null : 'not-found';
}

/** Go's own words when a name cannot be resolved (net.DNSError). */
export const noNetwork = (method: 'Get' | 'Post', url: string): string =>
  `${method} "${url}": dial tcp: lookup ${new URL(url).hostname}: no such host`;

export const GRAPHQL = 'https://api.fly.io/graphql';

/** The query in the error is the one that the command sends, on one line. */
export const refusedByQuery = (query: string, app: string, why: Refusal): string =>
  `failed to run ${query}: ${why === 'no-network' ? noNetwork('Post', GRAPHQL) : `Could not find App "${app}"`}`;
