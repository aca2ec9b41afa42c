/**
 * Rolls out a new release: its record, the leases of the machines, their update one after the other (flyctl v0.4.87
 * internal/command/deploy). With `--deploy-retries` flyctl takes another path, which is worded differently.
 */
import { parseDuration } from '#shared/words/duration.ts';
import type { ScenarioImage } from '#core/simulator/scenario.ts';
import {
  beginRelease,
  type CloudMachine,
  type CloudRelease,
  dropLeases,
  endRelease,
  newestVersion,
  replaceMachine,
} from '#core/simulator/simulated-cloud.ts';
import { Interrupted, Killed } from '#core/simulator/tool-call.ts';
import { type FlyCall, FlyError, flyError, notPlayed } from './fly-command.ts';
import { goDuration } from './go-text.ts';
import { awaitLease } from './leases.ts';
import { beginUpdate, finishUpdate, LINES, type Place, type Rollout } from './machine-update.ts';
import { play } from './transcript.ts';
import around from './transcripts/deploy.json' with { type: 'json' };
import errors from './transcripts/errors.json' with { type: 'json' };

/** What flyctl takes to end after an interrupt. */
const ENDING_MS = 500;

interface NewRelease {
  readonly image: ScenarioImage;
  readonly ref: string;
  /** Secrets are set, nothing is deployed. */
  readonly secrets: boolean;
}

/** Makes the release, updates the machines and records how it ended; a killed deploy leaves it "running". */
export async function rollOut(call: FlyCall, app: string, { image, ref, secrets }: NewRelease): Promise<CloudRelease> {
  const strategy = strategyOf(call);
  const waitMs = waitTimeout(call);
  const retries = !['', '0', 'auto'].includes(call.flags.text('--deploy-retries'));
  const begun = call.cloud.update((cloud) => beginRelease(cloud, ref, call.clock.now()));
  const version = newestVersion(begun);
  const { fault } = begun.scenario.trouble;
  const holder = `${begun.scenario.login.email}#v${version}`;
  const rollout: Rollout = {
    call,
    app,
    image,
    version,
    holder,
    retries,
    lines: retries ? LINES.withRetries : LINES.inTurn,
    immediate: strategy === 'immediate',
    fault,
    waitMs,
    secrets,
    waves: wavesOf(begun.machines, retries, strategy),
    at: { place: null, phase: 'updating' },
  };
  const end = (status: CloudRelease['status'], keepLeases = false): void => {
    call.cloud.update((cloud) => {
      const ended = endRelease(cloud, version, status);
      return keepLeases ? ended : dropLeases(ended, holder);
    });
  };
  try {
    await updateAll(rollout, `Updating existing machines in '${app}' with ${strategy} strategy`);
    end(fault === 'release-complete' ? 'running' : 'complete');
    if (fault === 'release-complete') await play(call, around['release-complete']);
    call.cloud.update((cloud) => ({ ...cloud, deployedOwn: true, readings: 0 }));
  } catch (thrown) {
    if (thrown instanceof Interrupted) {
      // Its leases stay until they run out; only with retries they are cleared.
      end('interrupted', !retries);
      await sayCanceled(rollout);
    } else if (!(thrown instanceof Killed)) end('failed');
    throw thrown;
  }
  const release = call.cloud.read().releases.find((each) => each.version === version);
  if (release === undefined) throw new Error(`release v${version} has vanished`);
  return release;
}

async function updateAll(rollout: Rollout, title: string): Promise<void> {
  const { call, retries, waves, fault } = rollout;
  if (fault === 'release-running') {
    await play(call, around['release-running']);
    throw flyError('release-running');
  }
  if (retries) call.write('stdout', `${title}\n`);
  await takeLeases(rollout);
  if (!retries) call.write('stdout', `${title}\n`);
  try {
    if (retries && rollout.image.start === 'never-starts') await tryAgainAndAgain(rollout);
    for (const wave of waves) {
      for (const place of wave) await beginUpdate(rollout, place);
      for (const place of wave.toSorted(stoppedFirst)) await finishUpdate(rollout, place);
    }
  } catch (thrown) {
    if (!(thrown instanceof FlyError) || rollout.at.place === null) throw thrown;
    await sayOfLater(rollout);
    await clearLeases(rollout);
    const failed = `failed to update machine ${rollout.at.place.id}: `;
    throw new FlyError(retries ? failed + thrown.message : thrown.message);
  }
  await clearLeases(rollout);
}

/** Retries that never help, recorded with two machines. */
async function tryAgainAndAgain({ call, waves, waitMs, at, image, version }: Rollout): Promise<never> {
  const [first, second, third] = waves.flat();
  if (first === undefined || second === undefined || third !== undefined)
    throw notPlayed('"--deploy-retries" with machines that never start');
  for (const { id } of waves.flat()) {
    call.cloud.update((cloud) => replaceMachine(cloud, id, image, version, call.clock.now()));
  }
  at.place = first;
  await play(call, LINES.withRetries['never-starts'], {
    first: first.id,
    second: second.id,
    group: first.group,
    wait: waitMs,
  });
  at.told = true;
  throw new FlyError(
    `timeout reached waiting for machine's state to change\nThe machine ${first.id} took more than ` +
      `${goDuration(waitMs)} to reach "started"\n`,
  );
}

/** With retries flyctl has a line for each machine after the one that failed. */
async function sayOfLater({ call, waves, at, lines }: Rollout): Promise<void> {
  if (at.told === true) return;
  const places = waves.flat();
  const failed = places.findIndex(({ id }) => id === at.place?.id);
  for (const place of places.slice(failed + 1)) await play(call, lines.skipped, { ...place });
}

async function clearLeases({ call, waves, lines }: Rollout): Promise<void> {
  for (const place of waves.flat()) await play(call, lines.clearing, { ...place });
  for (const place of waves.flat()) await play(call, lines.cleared, { ...place });
}

/** All leases are one try; with retries each machine has its own minute. */
async function takeLeases({ call, holder, lines, waves, retries }: Rollout): Promise<void> {
  let failed = '';
  for (const place of waves.flat().slice(0, retries ? undefined : 1)) {
    await play(call, lines.lease, { ...place });
    try {
      await awaitLease(call, place.id, holder);
      await play(call, lines.leased, { ...place });
    } catch (thrown) {
      if (!(thrown instanceof FlyError)) throw thrown;
      await play(call, lines['lease-held'], { ...place, why: thrown.message });
      failed ||= `${retries ? 'failed to acquire leases: Unrecoverable error: ' : ''}${thrown.message}`;
    }
  }
  if (failed !== '') throw new FlyError(failed + errors.request);
}

async function sayCanceled(rollout: Rollout): Promise<void> {
  const { call, app, lines, at, waves } = rollout;
  if (at.place === null) return;
  await play(call, [...lines[`canceled-${at.phase}`], ...lines.canceled], { ...at.place, app });
  await sayOfLater(rollout);
  await clearLeases(rollout);
  for (const place of waves.flat()) await play(call, lines.releasing, { ...place });
  await call.clock.sleep(ENDING_MS, call.killed);
}

const stoppedFirst = (a: Place, b: Place): number => Number(b.stopped) - Number(a.stopped);

/**
 * Machines that are updated at the same time, wave after wave. They are numbered as Fly lists them, but by id when they are
 * updated one after the other. Stopped machines, which nothing is waited for, go with the first of the others.
 */
function wavesOf(
  machines: readonly CloudMachine[],
  retries: boolean,
  strategy: Strategy,
): readonly (readonly Place[])[] {
  const inTurn = strategy === 'rolling' && machines.every(({ stoppedAt }) => stoppedAt === undefined);
  const numbered = inTurn && !retries ? machines.toSorted((a, b) => (a.id < b.id ? -1 : 1)) : machines;
  const digits = String(machines.length).length;
  const places = numbered.map(({ id, group, stoppedAt }, index) => ({
    id,
    group,
    stopped: stoppedAt !== undefined,
    place: `${String(index + 1).padStart(digits, '0')}/${machines.length}`,
  }));
  if (inTurn || retries) return places.map((place) => [place]);
  if (strategy === 'immediate') return [places.toReversed()];
  const [first, ...others] = places.filter(({ stopped }) => !stopped);
  const together = [...(first === undefined ? [] : [first]), ...places.filter(({ stopped }) => stopped)];
  return [together, ...others.map((place) => [place])];
}

type Strategy = 'rolling' | 'immediate';

function strategyOf(call: FlyCall): Strategy {
  const asked = call.flags.text('--strategy') || 'rolling';
  if (asked === 'rolling' || asked === 'immediate') return asked;
  throw notPlayed(`"--strategy ${asked}"`);
}

/** "5m", "300" (seconds) or "none", in ms. */
export function waitTimeout(call: FlyCall): number {
  const text = call.flags.text('--wait-timeout') || '5m';
  if (text === 'none') return Number.POSITIVE_INFINITY;
  const ms = /^\d+[smh]?$/.test(text) ? parseDuration(/\d$/.test(text) ? `${text}s` : text) : null;
  if (ms === null) throw flyError('bad-wait-timeout', { text });
  return ms;
}
