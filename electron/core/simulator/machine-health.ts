/** How machines and the public address look at a moment. Health in general is a function of the images that run. */
import type { ScenarioImage } from './scenario.ts';
import { imageOf, type World, type WorldMachine } from './world.ts';

const STATE_OF: Readonly<Record<ScenarioImage['start'], string>> = {
  runs: 'started',
  'never-starts': 'starting',
  crashes: 'stopped',
};

export function machineState(world: World, machine: WorldMachine, now: number): string {
  if (machine.stoppedAt !== undefined) return now < machine.stoppedAt ? 'stopping' : 'stopped';
  if (now < machine.startedAt) return machine.startedByHand === true ? 'starting' : 'replacing';
  return STATE_OF[imageOf(world, machine).start];
}

export interface CheckState {
  readonly status: 'passing' | 'warning' | 'critical';
  readonly output: string;
  readonly updatedAt: number;
}

export function machineCheck(world: World, machine: WorldMachine, now: number): CheckState {
  const image = imageOf(world, machine);
  if (machineState(world, machine, now) !== 'started') {
    return { status: 'critical', output: "the machine hasn't started", updatedAt: machine.updatedAt };
  }
  const warmAt = machine.startedAt + image.warmupMs;
  if (now < warmAt) {
    return { status: 'critical', output: 'connect: connection refused', updatedAt: machine.startedAt };
  }
  if (brokenHere(world, machine)) {
    return { status: 'critical', output: 'connect: connection refused', updatedAt: warmAt };
  }
  return { ...image.check, updatedAt: warmAt };
}

/** The host under this machine is at fault: whatever it was given since the drill began does not come up. */
const brokenHere = ({ scenario }: World, machine: WorldMachine): boolean =>
  scenario.trouble.neverHealthyOn.includes(machine.id) && machine.updatedAt >= scenario.startAt;

export interface HealthAnswer {
  readonly status: number;
  readonly body: string;
  /** How long the answer takes. */
  readonly ms: number;
}

/** What an address of the account answers; null when none has it. */
export function addressAnswer(world: World, url: string, now: number): HealthAnswer | null {
  if (world.scenario.trouble.networkDown) return null;
  for (const each of [world, ...world.others]) {
    if (each.healthUrls.includes(url)) return healthAnswer(each, now);
    if (each.scenario.service.page?.url === url || each.pageUrls.includes(url)) return pageAnswer(each, now);
  }
  return null;
}

/** The page of a service in maintenance is its maintenance page, if its image has one; else it is as well as it is. */
export function pageAnswer(world: World, now: number): HealthAnswer {
  const health = healthAnswer(world, now);
  const { page } = world.scenario.service;
  const serving = reachable(world, now)[0];
  if (page === undefined || serving === undefined) return health;
  if (serving.maintenance && imageOf(world, serving).maintenance)
    return { status: 503, body: page.maintenance, ms: health.ms };
  return health.status === 200 ? { status: 200, body: page.body, ms: health.ms } : health;
}

/** Fly's proxy prefers machines whose checks pass; with none started it answers 503 itself. */
export function healthAnswer(world: World, now: number): HealthAnswer {
  const warm = reachable(world, now).filter((machine) => now >= machine.startedAt + imageOf(world, machine).warmupMs);
  const chosen = warm.find((machine) => machineCheck(world, machine, now).status === 'passing') ?? warm[0];
  return chosen === undefined ? { status: 503, body: '', ms: 50 } : imageOf(world, chosen).health;
}

/** Started, and not cordoned: whom Fly's proxy may ask. */
const reachable = (world: World, now: number): readonly WorldMachine[] =>
  world.machines.filter((machine) => machine.cordoned !== true && machineState(world, machine, now) === 'started');
