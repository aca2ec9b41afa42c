/**
 * `fly deploy`: prepares, finds or builds an image, makes a new release that carries it, updates the machines, reports
 * (flyctl v0.4.87 internal/command/deploy).
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ScenarioImage } from '#core/simulator/scenario.ts';
import { findImage, imageOf } from '#core/simulator/simulated-cloud.ts';
import { Interrupted, pause } from '#core/simulator/tool-call.ts';
import { imageOfTag } from '../../generic/simulator/git.ts';
import { configPath, type FlyCall, type FlyCommand, FlyError, flyError, reach } from './fly-command.ts';
import { goDuration } from './go-text.ts';
import { rollOut, waitTimeout } from './rollout.ts';
import { play } from './transcript.ts';
import lines from './transcripts/deploy.json' with { type: 'json' };

/** What flyctl takes to end after an error. */
const ENDING_MS = 500;

export const deploy: FlyCommand = {
  needs: 'app',
  run: async (call, app) => {
    const [folder] = call.flags.words;
    const path = resolve(call.cwd, folder ?? '');
    if (folder !== undefined && call.cloud.read().worktrees?.[folder] === undefined && !existsSync(path)) {
      throw flyError('no-folder', { path });
    }
    try {
      await run(call, app);
    } catch (thrown) {
      if (thrown instanceof FlyError) await pause(call, ENDING_MS);
      throw thrown;
    }
  },
};

interface Image {
  readonly image: ScenarioImage;
  readonly ref: string;
}

async function run(call: FlyCall, app: string): Promise<void> {
  const { hostname } = call.cloud.read().scenario.service;
  await play(call, lines.verify);
  await reach(call, 'deploy', app);
  // Without a file the configuration of the running release is used, and flyctl prints this in place of a path.
  await play(call, lines.verified, { config: configPath(call) ?? '--config path unset--' });
  const { image, ref } = call.flags.text('--image -i') === '' ? await build(call, app) : await resolveImage(call);
  if (call.flags.on('--build-only')) return;
  await play(call, lines.watch, { app });
  const wait = waitTimeout(call);
  if (call.flags.text('--wait-timeout') !== '') await play(call, lines.timeouts, { wait: goDuration(wait) });
  const release = await rollOut(call, app, { image, ref, secrets: false });
  await pause(call, call.cloud.read().scenario.latencies.finish);
  await checkDns(call);
  if (call.env['FLY_EMIT_RELEASE_JSON'] === '1') {
    const line = { id: release.id, version: release.version, image_ref: release.imageRef };
    call.write('stdout', `${JSON.stringify(line)}\n`);
  }
  await play(call, lines.visit, { hostname });
}

/** Of an app with public addresses, unless `--dns-checks=false`. */
export async function checkDns(call: FlyCall): Promise<void> {
  const { trouble, service } = call.cloud.read().scenario;
  if (trouble.dns === 'no-addresses' || !call.flags.on('--dns-checks', true)) return;
  await play(call, [...lines.dns, ...lines[`dns-${trouble.dns}`]], { hostname: service.hostname });
}

async function resolveImage(call: FlyCall): Promise<Image> {
  const given = call.flags.text('--image -i');
  try {
    await play(call, lines.resolve, { image: given });
  } catch (thrown) {
    if (thrown instanceof Interrupted) await play(call, lines['canceled-resolving']);
    throw thrown;
  }
  // A name without a registry means Docker Hub.
  const ref = /^[^/]*[.:][^/]*\//.test(given) ? given : `docker.io/${given}`;
  const image = findImage(call.cloud.read(), ref);
  if (image === null) {
    await play(call, lines.gone, { image: given });
    throw flyError('image-gone', { ref });
  }
  await play(call, lines.found, { id: image.id });
  return { image, ref };
}

/** How much longer a build takes than looking an image up. */
const BUILD_TIMES = 20;

/**
 * Builds the source of a worktree: a new image that behaves as the one of that version did. The working folder, which in a
 * drill stands for the checkout, has the source that is in service.
 */
async function build(call: FlyCall, app: string): Promise<Image> {
  const [folder = ''] = call.flags.words;
  const cloud = call.cloud.read();
  const tag = cloud.worktrees?.[folder];
  const [machine] = cloud.machines;
  const here = machine !== undefined && folder === '' && cloud.scenario.checkout.source;
  const source = tag !== undefined ? imageOfTag(cloud, tag) : here ? imageOf(cloud, machine) : null;
  if (source === null) {
    await play(call, lines['no-source']);
    throw flyError('no-source');
  }
  await play(call, lines.build);
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
  await play(call, lines.built);
  return { image, ref: `registry.fly.io/${app}:${image.tag}` };
}
