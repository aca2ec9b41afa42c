/** `fly releases`: the newest 25 (flyctl v0.4.87 internal/command/apps/releases.go). */
import {
  type CloudRelease,
  newestVersion,
  replaceMachine,
  type SimulatedCloud,
} from '#core/simulator/simulated-cloud.ts';
import { type FlyCall, type FlyCommand, reach } from './fly-command.ts';
import { goJson, relativeTime, rfc3339, table } from './go-text.ts';
import { asksJson } from './readings.ts';
import { fillJson, fillRows, type Holes } from './transcript.ts';
import readings from './transcripts/readings.json' with { type: 'json' };
import tables from './transcripts/tables.json' with { type: 'json' };

const LIMIT = 25;

export const releases: FlyCommand = { needs: 'app', run };

async function run(call: FlyCall, app: string): Promise<void> {
  await reach(call, 'releases', app);
  const newest = call.cloud
    .read()
    .releases.toSorted((a, b) => b.version - a.version)
    .slice(0, LIMIT)
    .map((release) => holesOf(release, call.clock.now()));
  if (asksJson(call)) call.write('stdout', goJson(newest.map((holes) => fillJson(readings.release, holes))));
  else call.write('stdout', table(fillRows(tables[call.flags.on('--image') ? 'releases-image' : 'releases'], newest)));
  call.cloud.update((before) => withForeignDeploy(before, call.clock.now()));
}

const holesOf = ({ user, ...release }: CloudRelease, now: number): Holes => ({
  ...release,
  stable: release.status === 'complete',
  created: rfc3339(release.createdAt),
  ago: relativeTime(release.createdAt, now),
  image: release.imageRef,
  userId: user.id,
  userName: user.name,
  userEmail: user.email,
});

/**
 * Counts one read of the list, and makes somebody else's deploy when the scenario has it. Counted, not timed: drills run at
 * any speed.
 */
function withForeignDeploy(before: SimulatedCloud, now: number): SimulatedCloud {
  const cloud = { ...before, readings: (before.readings ?? 0) + 1 };
  const { foreignDeploy } = cloud.scenario.trouble;
  if (foreignDeploy === undefined || cloud.foreignDone === true) return cloud;
  const { afterReadings, afterOwnDeploy, image: tag, description, user } = foreignDeploy;
  if (cloud.readings < afterReadings || (afterOwnDeploy && cloud.deployedOwn !== true)) return cloud;
  const image = cloud.scenario.images.find((each) => each.tag === tag);
  if (image === undefined) return cloud;
  const version = newestVersion(cloud) + 1;
  const imageRef = `registry.fly.io/${cloud.scenario.service.app}:${tag}`;
  const release = {
    id: `other${String(version).padStart(12, '0')}`,
    version,
    status: 'complete' as const,
    description,
    imageRef,
    createdAt: now,
    user,
  };
  const released: SimulatedCloud = { ...cloud, foreignDone: true, releases: [...cloud.releases, release] };
  return released.machines.reduce((next, { id }) => replaceMachine(next, id, image, version, now), released);
}
