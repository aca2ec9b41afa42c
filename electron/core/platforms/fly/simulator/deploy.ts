/**
 * `fly deploy --image`: prepares, makes a new release that carries the image, updates the machines, reports
 * (flyctl v0.4.87 internal/command/deploy). Which stream each line goes to is as there; programs decide by exit code
 * and `fly status --json` only.
 */
import type { ScenarioImage } from '#core/simulator/scenario.ts';
import { findImage, imageOf, type SimulatedCloud } from '#core/simulator/simulated-cloud.ts';
import { pause } from '#core/simulator/tool-call.ts';
import { imageOfTag } from '../../generic/simulator/git.ts';
import { configPath, GRAPHQL, noNetwork, refusal } from './app-name.ts';
import type { Flag } from './flags.ts';
import { type FlyCall, type FlyCommand, FlyError } from './fly-command.ts';
import { rollOut } from './rollout.ts';

const named = (takes: Flag['takes'], ...names: readonly string[]): readonly Flag[] =>
  names.map((name) => ({ name, takes }));

/** The flags of `fly deploy` (flyctl v0.4.87 internal/command/deploy/deploy.go). There is no --region and no --json. */
const DEPLOY_FLAGS: readonly Flag[] = [
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

export const deploy: FlyCommand = {
  name: 'deploy',
  short: 'Deploy Fly applications',
  flags: DEPLOY_FLAGS,
  maxWords: 1,
  needs: 'app',
  run,
};

async function run(call: FlyCall, app: string): Promise<number> {
  const { scenario } = call.cloud.read();
  call.write('stderr', '==> Verifying app config\n');
  await pause(call, scenario.latencies.api);
  const refused = refusal(call, app);
  if (refused === 'no-network') throw new FlyError(`failed to get app: ${noNetwork('Post', GRAPHQL)}`);
  if (refused === 'not-found') {
    throw new FlyError(
      `the app name ${app} could not be found, did you create the app or misspell it in the fly.toml file or via -a?`,
    );
  }
  // Without a file the configuration of the running release is used, and flyctl prints this in place of a path.
  call.write('stdout', `Validating ${configPath(call) ?? '--config path unset--'}\n`);
  call.write('stdout', '\u001b[32m✓\u001b[0m Configuration is valid\n');
  call.write('stderr', '--> Verified app config\n');
  const { image, ref } = call.flags.text('image') === '' ? await build(call, app) : await resolveImage(call);
  if (call.flags.on('build-only')) return 0;
  call.write('stdout', `\nWatch your deployment at https://fly.io/apps/${app}/monitoring\n\n`);
  const release = await rollOut(call, app, { image, ref, description: 'Release' });
  await pause(call, scenario.latencies.finish);
  if (call.flags.on('dns-checks', true)) {
    call.write('stderr', `Checking DNS configuration for ${scenario.service.hostname}\n`);
    await pause(call, scenario.latencies.api);
    call.write('stderr', '✓ DNS configuration verified\n');
  }
  if (call.env['FLY_EMIT_RELEASE_JSON'] === '1') {
    const line = { id: release.id, version: release.version, image_ref: release.imageRef };
    call.write('stdout', `${JSON.stringify(line)}\n`);
  }
  call.write('stdout', `\nVisit your newly deployed app at https://${scenario.service.hostname}/\n`);
  return 0;
}

async function resolveImage(call: FlyCall): Promise<{ readonly image: ScenarioImage; readonly ref: string }> {
  const given = call.flags.text('image');
  call.write('stderr', '==> Building image\n');
  if (!call.flags.on('remote-only')) call.write('stderr', `Searching for image '${given}' locally...\n`);
  call.write('stderr', `Searching for image '${given}' remotely...\n`);
  await pause(call, call.cloud.read().scenario.latencies.resolveImage);
  // A name without a registry means Docker Hub.
  const ref = /^[^/]*[.:][^/]*\//.test(given) ? given : `docker.io/${given}`;
  const image = findImage(call.cloud.read(), ref);
  if (image === null) {
    throw new FlyError(`failed to fetch an image or build from source: Could not find image "${ref}"`);
  }
  call.write('stderr', `image found: ${image.id}\n`);
  return { image, ref };
}

/** The image of the oldest machine; null: there is none. */
function inService(cloud: SimulatedCloud): ScenarioImage | null {
  const [machine] = cloud.machines;
  return machine === undefined ? null : imageOf(cloud, machine);
}

/** How much longer a build takes than looking an image up. */
const BUILD_TIMES = 20;

/**
 * Builds the source of a worktree: a new image that behaves as the one of that version did. Without a folder the working
 * folder is built, whose source is the one that is in service.
 */
async function build(call: FlyCall, app: string): Promise<{ readonly image: ScenarioImage; readonly ref: string }> {
  const [folder = ''] = call.flags.words;
  const cloud = call.cloud.read();
  const tag = cloud.worktrees?.[folder];
  const source = call.flags.words.length === 0 ? inService(cloud) : tag === undefined ? null : imageOfTag(cloud, tag);
  call.write('stderr', '==> Building image\n');
  if (source === null) {
    throw new FlyError('failed to fetch an image or build from source: the drill has no source in this folder');
  }
  call.write('stderr', 'Waiting for remote builder fly-builder-drill...\n');
  await pause(call, cloud.scenario.latencies.resolveImage * BUILD_TIMES);
  const number = cloud.scenario.images.length + 1;
  const image: ScenarioImage = {
    ...source,
    tag: `deployment-01K7DR1LLBU1LD${String(number).padStart(12, '0')}`,
    id: `img_built${number}`,
    digest: `sha256:${String(number).padStart(64, 'b')}`,
    available: true,
  };
  call.cloud.update((before) => ({
    ...before,
    scenario: { ...before.scenario, images: [...before.scenario.images, image] },
  }));
  call.write('stderr', '--> Building image done\n==> Pushing image to fly\n--> Pushing image done\n');
  return { image, ref: `registry.fly.io/${app}:${image.tag}` };
}
