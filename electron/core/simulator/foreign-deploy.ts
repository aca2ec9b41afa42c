/** Somebody else deploys while the drill is on: after so many readings of the list, as the scenario has it. */
import { newestVersion, replaceMachine, type World } from './world.ts';

/** Counts one reading of the list; the world with their release in it once their moment has come. */
export function somebodyElse(before: World, now: number): World {
  const world = { ...before, readings: (before.readings ?? 0) + 1 };
  const { foreignDeploy } = world.scenario.trouble;
  if (foreignDeploy === undefined || world.foreignDone === true) return world;
  const { afterReadings, afterOwnDeploy, image: tag, description, user } = foreignDeploy;
  if (world.readings < afterReadings || (afterOwnDeploy && world.deployedOwn !== true)) return world;
  const image = world.scenario.images.find((each) => each.tag === tag);
  if (image === undefined) return world;
  const version = newestVersion(world) + 1;
  const imageRef = `registry.fly.io/${world.scenario.service.app}:${tag}`;
  const release = {
    id: `other${String(version).padStart(12, '0')}`,
    version,
    status: 'complete' as const,
    description,
    imageRef,
    createdAt: now,
    user,
  };
  const released: World = { ...world, foreignDone: true, releases: [...world.releases, release] };
  return released.machines.reduce((next, { id }) => replaceMachine(next, id, image, version, now), released);
}
