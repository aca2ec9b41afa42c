/**
 * One machine of a rollout, with the progress lines of a run without a terminal (flyctl v0.4.87
 * internal/statuslogger/noninteractive.go, internal/machine/leasable_machine.go).
 */
import type { Scenario, ScenarioImage } from '#core/simulator/scenario.ts';
import { type CloudMachine, replaceMachine } from '#core/simulator/simulated-cloud.ts';
import { hang } from '#core/simulator/tool-call.ts';
import { type FlyCall, FlyError, flyError } from './fly-command.ts';
import { hold, renew } from './leases.ts';
import { machineCheck } from './machine-health.ts';
import { play } from './transcript.ts';
import around from './transcripts/deploy.json' with { type: 'json' };
import errors from './transcripts/errors.json' with { type: 'json' };
import inTurn from './transcripts/rollout.json' with { type: 'json' };
import withRetries from './transcripts/rollout-retries.json' with { type: 'json' };

/** Interval of machine checks; how long a smoke check lasts, and when it sees that an image crashes. */
const POLL_MS = 1_000;
const SMOKE_MS = 10_000;
const CRASH_MS = 3_400;

/** The two paths of flyctl. */
export const LINES = { inTurn, withRetries };

export interface Place {
  readonly id: string;
  readonly group: string;
  /** It gets the image and is not started (machines_launchinput.go, skipLaunch). */
  readonly stopped: boolean;
  /** `1/2` */
  readonly place: string;
}

export interface Rollout {
  readonly call: FlyCall;
  readonly app: string;
  readonly image: ScenarioImage;
  /** Version of the new release. */
  readonly version: number;
  /** Of the leases. */
  readonly holder: string;
  readonly lines: Readonly<Record<keyof typeof inTurn, readonly string[]>>;
  readonly retries: boolean;
  readonly immediate: boolean;
  readonly fault: Scenario['trouble']['fault'];
  /** Secrets are set, nothing is deployed. */
  readonly secrets: boolean;
  /** For each machine and each wait. */
  readonly waitMs: number;
  readonly waves: readonly (readonly Place[])[];
  /** Where it is, for the lines of a failure or an interrupt; `told`: those of the later machines are written. */
  readonly at: { place: Place | null; phase: 'updating' | 'waiting' | 'smoke' | 'health'; told?: boolean };
}

type Section = Exclude<keyof typeof inTurn, 'lease-held' | 'failed'>;

const say = ({ call, lines, app }: Rollout, place: Place, section: Section): Promise<void> =>
  play(call, lines[section], { ...place, app });

export async function beginUpdate(rollout: Rollout, place: Place): Promise<void> {
  const { call, image, version, holder } = rollout;
  Object.assign(rollout.at, { place, phase: 'updating' });
  await say(rollout, place, 'updating');
  const { trouble, latencies } = call.cloud.read().scenario;
  // A deploy that never ends: the request is not answered, the leases are renewed for ever.
  if (trouble.deployHangs !== undefined) {
    await hang(call, trouble.deployHangs.interrupt === 'ignored', () => renew(call, holder));
  }
  await hold(call, holder, latencies.updateMachine);
  if (rollout.fault === 'update') await fail(rollout, place, flyError('update', { id: place.id }), errors.request);
  call.cloud.update((cloud) => replaceMachine(cloud, place.id, image, version, call.clock.now()));
  await say(rollout, place, 'updated');
}

/** @throws FlyError after the line about what failed. */
export async function finishUpdate(rollout: Rollout, place: Place): Promise<void> {
  rollout.at.place = place;
  try {
    if (!rollout.immediate && !place.stopped) await proveUpdate(rollout, place);
  } catch (thrown) {
    if (!(thrown instanceof FlyError)) throw thrown;
    await fail(rollout, place, thrown);
  }
  await say(rollout, place, 'succeeded');
}

/** @throws FlyError always. `more`: what follows only in the error at the end. */
async function fail({ call, lines, retries }: Rollout, place: Place, { message }: FlyError, more = ''): Promise<never> {
  await play(call, lines.failed, { ...place, why: message.split('\n')[0] });
  throw new FlyError(`${retries ? 'Unrecoverable error: ' : ''}${message}${more}`);
}

async function proveUpdate(rollout: Rollout, place: Place): Promise<void> {
  const { call, at, secrets } = rollout;
  const detached = call.flags.on('--detach');
  if (!detached) {
    at.phase = 'waiting';
    await say(rollout, place, 'waiting');
    await started(rollout, place.id);
    await say(rollout, place, 'started');
  }
  if (call.flags.on('--smoke-checks', true) && (secrets || !detached)) {
    at.phase = 'smoke';
    await say(rollout, place, 'smoke');
    await smokeChecked(rollout, place.id);
  }
  await say(rollout, place, 'checking');
  if (detached || call.cloud.read().scenario.checkName === null) return;
  at.phase = 'health';
  await healthy(rollout, place);
  // Looked at once, after the first machine.
  if (rollout.fault === 'listen-address' && place === rollout.waves.flat()[0])
    await play(call, around['listen-address']);
}

export function findMachine(call: FlyCall, id: string): CloudMachine {
  const machine = call.cloud.read().machines.find((each) => each.id === id);
  if (machine === undefined) throw new FlyError(`failed to get VM ${id}: machine not found`);
  return machine;
}

/** flyctl lets Fly tell it. A crashing image does reach "started" for a moment; the smoke check finds it. */
async function started({ call, holder, image, waitMs }: Rollout, id: string): Promise<void> {
  const ms = findMachine(call, id).startedAt - call.clock.now();
  const late = image.start === 'never-starts' || ms > waitMs;
  await hold(call, holder, late ? waitMs : ms);
  if (late) throw flyError('never-started');
}

async function smokeChecked({ call, holder, image }: Rollout, id: string): Promise<void> {
  if (image.start !== 'crashes') return await hold(call, holder, SMOKE_MS);
  await hold(call, holder, CRASH_MS);
  const logs = call.cloud.read().logs.filter((log) => log.machine === id);
  const last = logs.slice(-3).map(({ message }) => message);
  throw flyError('crashing', { id, logs: last.join('\n') });
}

async function healthy(rollout: Rollout, place: Place): Promise<void> {
  const { call, app, holder } = rollout;
  const end = call.clock.now() + rollout.waitMs;
  for (let waited = false; ; waited = true) {
    const now = call.clock.now();
    if (machineCheck(call.cloud.read(), findMachine(call, place.id), now).status === 'passing') break;
    if (!waited) await say(rollout, place, 'unhealthy');
    if (now >= end) throw flyError('unhealthy', { id: place.id, app });
    await hold(call, holder, Math.min(POLL_MS, end - now));
  }
  await say(rollout, place, 'healthy');
}
