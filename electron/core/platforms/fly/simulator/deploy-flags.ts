import type { Flag } from './flags.ts';

const named = (takes: Flag['takes'], ...names: readonly string[]): readonly Flag[] =>
  names.map((name) => ({ name, takes }));

/** The flags of `fly deploy` (flyctl v0.4.87 internal/command/deploy/deploy.go). There is no --region and no --json. */
export const DEPLOY_FLAGS: readonly Flag[] = [
  { name: 'app', short: 'a', takes: 'string' },
  { name: 'config', short: 'c', takes: 'string' },
  { name: 'image', short: 'i', takes: 'string' },
  { name: 'yes', short: 'y', takes: 'nothing' },
  { name: 'env', short: 'e', takes: 'strings' },
  ...named('nothing', 'now', 'detach', 'smoke-checks', 'dns-checks', 'ha', 'update-only', 'skip-release-command'),
  ...named('nothing', 'remote-only', 'local-only', 'build-only', 'no-cache', 'push'),
  ...named('string', 'strategy', 'wait-timeout', 'release-command-timeout', 'lease-timeout', 'image-label'),
  ...named('string', 'dockerfile', 'build-target', 'deploy-retries'),
  ...named('strings', 'regions', 'exclude-regions', 'only-regions', 'only-machines', 'exclude-machines'),
  ...named('strings', 'process-groups', 'build-arg', 'build-secret'),
  ...named('float', 'max-unavailable'),
  ...named('int', 'max-concurrent', 'immediate-max-concurrent', 'volume-initial-size'),
];
