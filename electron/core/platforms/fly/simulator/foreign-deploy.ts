/** Somebody else deploys while the drill is on: after so many readings of the list, as the scenario has it. */
import { newestVersion, replaceMachine, type SimulatedCloud } from '#core/simulator/simulated-cloud.ts';

/** Counts one reading of the list; the simulated cloud with their release in it once their moment has come. */
export function somebodyElse(before: SimulatedCloud, now: number): SimulatedCloud {
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
