/** flyctl v0.4.87. The top level lists only the commands the tables go into: of other names nothing can be told. */
import { option } from '../options.ts';
import type { Call } from '../script.ts';
import type { Advice, Grammar } from './grammar.ts';

const SOURCE = 'flyctl v0.4.87';

/** The app a call names, as it would be written again; "$SERVICE" stands for one it does not name. */
export function appOf(call: Call): string {
  const named = option(call, ['-a', '--app']);
  if (named === null || named.value === null || named.value === '') return '"$SERVICE"';
  return named.plain ? named.value : `"${named.value}"`;
}

/** Going back means deploying the image of an older release. */
const rollback = (call: Call): Advice => ({
  message: 'fly has no command that rolls back; this fails and changes nothing.',
  fix: `fly releases -a ${appOf(call)} --json   # take ImageRef of the newest complete release with another image\nfly deploy -a ${appOf(call)} --image "$IMAGE" --remote-only --skip-release-command --dns-checks=false --wait-timeout 3m --yes`,
  source: `${SOURCE} internal/command/apps/releases.go (it takes no arguments)`,
});

const restartFlag = (call: Call): Advice => ({
  message: 'fly apps restart has no -a; the app is named by a plain word.',
  fix: `fly apps restart ${appOf(call)}`,
  source: `${SOURCE} internal/command/apps/restart.go`,
  instead: '',
});

export const FLY: Grammar = {
  tool: 'fly',
  versions: SOURCE,
  aliases: { app: 'apps', secret: 'secrets', release: 'releases' },
  valueFlags: [
    ...[
      '-a',
      '--app',
      '-t',
      '--access-token',
      '-c',
      '--config',
      '-i',
      '--image',
      '-o',
      '--org',
      '-r',
      '--region',
      '--instance',
      '--machine',
    ],
    ...[
      '--strategy',
      '--wait-timeout',
      '--release-command-timeout',
      '--lease-timeout',
      '--max-unavailable',
      '--max-concurrent',
      '--regions',
    ],
    ...[
      '--exclude-regions',
      '--only-machines',
      '--exclude-machines',
      '--process-groups',
      '--deploy-retries',
      '--image-label',
      '-e',
      '--env',
    ],
    ...['--dockerfile', '--build-arg', '--build-secret', '--build-target'],
  ],
  groups: {
    '': ['apps', 'secrets', 'auth', 'releases', 'deploy', 'logs'],
    apps: [
      ...['list', 'ls', 'create', 'destroy', 'delete', 'rm', 'remove', 'restart', 'move', 'resume', 'suspend', 'open'],
      ...['releases', 'errors', 'set-platform-version', 'help'],
    ],
    secrets: ['list', 'ls', 'set', 'unset', 'sync', 'import', 'deploy', 'keys', 'key', 'help'],
    auth: ['whoami', 'token', 'login', 'docker', 'logout', 'signup', 'help'],
    releases: [],
    'apps releases': [],
    logs: [],
  },
  incomplete: [''],
  missing: {
    'releases rollback': rollback,
    'apps releases rollback': rollback,
    'apps rollback': rollback,
    rollback,
    restart: (call) => ({
      message: 'the top-level fly restart was removed.',
      fix: `fly apps restart ${appOf(call)}`,
      source: `${SOURCE} internal/command/root/root.go`,
    }),
  },
  missingFlags: {
    'apps restart': { '-a': restartFlag, '--app': restartFlag },
    deploy: {
      '--json': () => ({
        message: 'fly deploy has no --json.',
        fix: 'Leave it out; FLY_EMIT_RELEASE_JSON=1 prints the new release as one line of JSON.',
        source: `${SOURCE} internal/command/deploy/deploy.go`,
      }),
      '--region': () => ({
        message: 'fly deploy has no --region.',
        fix: 'Write --regions for the regions to deploy to.',
        instead: '--regions',
        source: `${SOURCE} internal/command/deploy/deploy.go`,
      }),
    },
  },
};
