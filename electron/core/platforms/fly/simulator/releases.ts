/** `fly releases`: the newest 25 (flyctl v0.4.87 internal/command/apps/releases.go). */
import {
  type CloudRelease,
  newestVersion,
  replaceMachine,
  type SimulatedCloud,
} from '#core/simulator/simulated-cloud.ts';
import { pause } from '#core/simulator/tool-call.ts';
import { refusal, refusedByQuery } from './app-name.ts';
import { type FlyCall, type FlyCommand, FlyError } from './fly-command.ts';
import { goJson, rfc3339 } from './go-json.ts';
import { relativeTime, table } from './table.ts';

const LIMIT = 25;
const QUERY =
  'query($appName: String!, $limit: Int!) { app(name: $appName) { releases: releasesUnprocessed(first: $limit) { nodes ' +
  '{ id version description reason status imageRef stable user { id email name } createdAt } } } }';

export const releases: FlyCommand = {
  name: 'releases',
  short: 'List app releases',
  flags: [
    { name: 'app', short: 'a', takes: 'string' },
    { name: 'config', short: 'c', takes: 'string' },
    { name: 'image', takes: 'nothing' },
    { name: 'json', short: 'j', takes: 'nothing' },
  ],
  maxWords: 0,
  needs: 'app',
  run,
};

async function run(call: FlyCall, app: string): Promise<number> {
  await pause(call, call.cloud.read().scenario.latencies.api);
  const refused = refusal(call, app);
  if (refused !== null)
    throw new FlyError(`failed retrieving app releases ${app}: ${refusedByQuery(QUERY, app, refused)}`);
  const cloud = call.cloud.read();
  const rows = newest(cloud);
  if (call.flags.on('json')) call.write('stdout', goJson(rows.map(toJson)));
  else call.write('stdout', asTable(rows, call.flags.on('image'), call.clock.now()));
  call.cloud.update((before) => withForeignDeploy(before, call.clock.now()));
  return 0;
}

const newest = (cloud: SimulatedCloud): readonly CloudRelease[] =>
  newestVersion(cloud) === 0 ? [] : [...cloud.releases].sort((a, b) => b.version - a.version).slice(0, LIMIT);

/** Only the queried fields are set; the others have Go's zero values. */
const toJson = (release: CloudRelease): object => ({
  ID: release.id,
  Version: release.version,
  Stable: false,
  InProgress: false,
  Reason: '',
  Description: release.description,
  Status: release.status,
  DeploymentStrategy: '',
  Metadata: null,
  User: { ID: release.user.id, Name: release.user.name, Email: release.user.email, EnablePaidHobby: false },
  EvaluationID: '',
  CreatedAt: rfc3339(release.createdAt),
  ImageRef: release.imageRef,
});

function asTable(rows: readonly CloudRelease[], image: boolean, now: number): string {
  const header = ['VERSION', 'STATUS', 'DESCRIPTION', 'USER', 'DATE', ...(image ? ['DOCKER IMAGE'] : [])];
  const cells = rows.map((release) => [
    `v${release.version}`,
    release.status,
    release.description,
    release.user.email,
    relativeTime(release.createdAt, now),
    ...(image ? [release.imageRef] : []),
  ]);
  return table(header, cells);
}

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
