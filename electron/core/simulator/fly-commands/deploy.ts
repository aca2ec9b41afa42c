/**
 * `fly deploy --image`: prepares, makes a new release that carries the image, updates the machines, reports
 * (flyctl v0.4.87 internal/command/deploy). Which stream each line goes to is as there; programs decide by exit code
 * and `fly status --json` only.
 */
import type { ScenarioImage } from '../scenario.ts';
import { Interrupted, Killed, pause } from '../tool-call.ts';
import {
  beginRelease,
  dropLeases,
  endRelease,
  findImage,
  leaseHeldByOther,
  newestVersion,
  takeLeases,
  type WorldRelease,
} from '../world.ts';
import { configPath } from './app-name.ts';
import { DEPLOY_FLAGS } from './deploy-flags.ts';
import { type FlyCall, type FlyCommand, FlyError } from './fly-command.ts';
import { LEASE_MS, type Rollout, updateMachines } from './machine-update.ts';

export const deploy: FlyCommand = {
  name: 'deploy',
  short: 'Deploy Fly applications',
  flags: DEPLOY_FLAGS,
  maxWords: 1,
  needs: 'app',
  run,
};

async function run(call: FlyCall, app: string): Promise<number> {
  const { scenario } = call.world.read();
  call.write('stderr', '==> Verifying app config\n');
  await pause(call, scenario.latencies.api);
  if (app !== scenario.service.app) {
    throw new FlyError(
      `the app name ${app} could not be found, did you create the app or misspell it in the fly.toml file or via -a?`,
    );
  }
  // Without a file the configuration of the running release is used, and flyctl prints this in place of a path.
  call.write('stdout', `Validating ${configPath(call) ?? '--config path unset--'}\n`);
  call.write('stdout', '\u001b[32m✓\u001b[0m Configuration is valid\n');
  call.write('stderr', '--> Verified app config\n');
  const { image, ref } = await resolveImage(call);
  if (call.flags.on('build-only')) return 0;
  call.write('stdout', `\nWatch your deployment at https://fly.io/apps/${app}/monitoring\n\n`);
  const release = await rollOut(call, app, image, ref);
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
  if (given === '') {
    throw new FlyError('failed to fetch an image or build from source: the drill simulator cannot build from source');
  }
  if (!call.flags.on('remote-only')) call.write('stderr', `Searching for image '${given}' locally...\n`);
  call.write('stderr', `Searching for image '${given}' remotely...\n`);
  await pause(call, call.world.read().scenario.latencies.resolveImage);
  // A name without a registry means Docker Hub.
  const ref = /^[^/]*[.:][^/]*\//.test(given) ? given : `docker.io/${given}`;
  const image = findImage(call.world.read(), ref);
  if (image === null) {
    throw new FlyError(`failed to fetch an image or build from source: Could not find image "${ref}"`);
  }
  call.write('stderr', `image found: ${image.id}\n`);
  return { image, ref };
}

/** Makes the release, updates the machines and records how it ended; a killed deploy leaves it "running". */
async function rollOut(call: FlyCall, app: string, image: ScenarioImage, ref: string): Promise<WorldRelease> {
  const strategy = strategyOf(call);
  const begun = call.world.update((world) => beginRelease(world, ref, call.clock.now()));
  const version = newestVersion(begun);
  const holder = `v${version}`;
  const end = (status: WorldRelease['status']): void => {
    call.world.update((world) => dropLeases(endRelease(world, version, status), holder));
  };
  try {
    lease(call, holder);
    call.write('stdout', `Updating existing machines in '${app}' with ${strategy} strategy\n`);
    const rollout: Rollout = { image, version, holder, strategy, waitMs: waitTimeout(call) };
    await updateMachines(call, rollout);
    end('complete');
  } catch (thrown) {
    if (!(thrown instanceof Killed)) end(thrown instanceof Interrupted ? 'interrupted' : 'failed');
    throw thrown;
  }
  const release = call.world.read().releases.find((each) => each.version === version);
  if (release === undefined) throw new Error(`release v${version} has vanished`);
  return release;
}

function lease(call: FlyCall, holder: string): void {
  const now = call.clock.now();
  call.world.update((world) => {
    const held = leaseHeldByOther(world, holder, now);
    if (held !== null) {
      throw new FlyError(`failed to get lease on VM ${held}: request returned non-2xx status: 409`);
    }
    return takeLeases(world, holder, now + LEASE_MS);
  });
}

function strategyOf(call: FlyCall): Rollout['strategy'] {
  const asked = call.flags.text('strategy') || 'rolling';
  if (asked === 'rolling' || asked === 'immediate') return asked;
  throw new FlyError(`the drill simulator does not play "--strategy ${asked}"`);
}

const UNIT_MS: Readonly<Record<string, number>> = { '': 1_000, s: 1_000, m: 60_000, h: 3_600_000 };

/** "5m", "300" (seconds) or "none". */
function waitTimeout(call: FlyCall): number {
  const text = call.flags.text('wait-timeout') || '5m';
  if (text === 'none') return Number.POSITIVE_INFINITY;
  const parts = /^(\d+)([smh]?)$/.exec(text);
  const unit = UNIT_MS[parts?.[2] ?? ''];
  if (parts === null || unit === undefined) {
    throw new FlyError(
      `invalid duration value ${text} used for --wait-timeout flag: valid options are a number of seconds, number with time unit (i.e.: 5m, 180s) or 'none'`,
    );
  }
  return Number(parts[1]) * unit;
}
