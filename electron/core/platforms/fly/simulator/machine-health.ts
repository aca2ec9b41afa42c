/** Computes the state of machines, checks and public addresses at a moment, from the images that run. */
import type { ScenarioImage } from '#core/simulator/scenario.ts';
import { type CloudMachine, imageOf, type SimulatedCloud } from '#core/simulator/simulated-cloud.ts';

const STATE_OF: Readonly<Record<ScenarioImage['start'], string>> = {
  runs: 'started',
  'never-starts': 'starting',
  crashes: 'stopped',
  'put-back': 'started',
};

export function machineState(cloud: SimulatedCloud, machine: CloudMachine, now: number): string {
  if (machine.stoppedAt !== undefined) return now < machine.stoppedAt ? 'stopping' : 'stopped';
  if (now < machine.startedAt) return machine.startedByHand === true ? 'starting' : 'replacing';
  return STATE_OF[imageOf(cloud, machine).start];
}

export interface CheckState {
  readonly status: 'passing' | 'warning' | 'critical';
  readonly output: string;
  readonly updatedAt: number;
}

export function machineCheck(cloud: SimulatedCloud, machine: CloudMachine, now: number): CheckState {
  const image = imageOf(cloud, machine);
  if (machineState(cloud, machine, now) !== 'started') {
    return { status: 'critical', output: "the machine hasn't started", updatedAt: machine.updatedAt };
  }
  const warmAt = machine.startedAt + image.warmupMs;
  if (now < warmAt) {
    return { status: 'critical', output: 'connect: connection refused', updatedAt: machine.startedAt };
  }
  if (brokenHere(cloud, machine)) {
    return { status: 'critical', output: 'connect: connection refused', updatedAt: warmAt };
  }
  return { ...image.check, updatedAt: warmAt };
}

/** True when the host of this machine is broken: no image that it was given since the drill began starts. */
const brokenHere = ({ scenario }: SimulatedCloud, machine: CloudMachine): boolean =>
  scenario.trouble.neverHealthyOn.includes(machine.id) && machine.updatedAt >= scenario.startAt;

export interface HealthAnswer {
  readonly status: number;
  readonly body: string;
  /** How long the answer takes. */
  readonly ms: number;
}

/** The answer of an address of the account; null: the account has no such address. */
export function addressAnswer(cloud: SimulatedCloud, url: string, now: number): HealthAnswer | null {
  if (cloud.scenario.trouble.networkDown) return null;
  for (const each of [cloud, ...cloud.others]) {
    if (each.healthUrls.includes(url)) return healthAnswer(each, now);
    if (each.scenario.service.page?.url === url || each.pageUrls.includes(url)) return pageAnswer(each, now);
  }
  return null;
}

/** In maintenance mode the page is the maintenance page, if the image has one. */
export function pageAnswer(cloud: SimulatedCloud, now: number): HealthAnswer {
  const health = healthAnswer(cloud, now);
  const { page } = cloud.scenario.service;
  const serving = reachable(cloud, now)[0];
  if (page === undefined || serving === undefined) return health;
  if (serving.maintenance && imageOf(cloud, serving).maintenance)
    return { status: 503, body: page.maintenance, ms: health.ms };
  return health.status === 200 ? { status: 200, body: page.body, ms: health.ms } : health;
}

/** Fly's proxy prefers machines whose checks pass; with none started it answers 503 itself. */
export function healthAnswer(cloud: SimulatedCloud, now: number): HealthAnswer {
  const warm = reachable(cloud, now).filter((machine) => now >= machine.startedAt + imageOf(cloud, machine).warmupMs);
  const chosen = warm.find((machine) => machineCheck(cloud, machine, now).status === 'passing') ?? warm[0];
  return chosen === undefined ? { status: 503, body: '', ms: 50 } : imageOf(cloud, chosen).health;
}

/** Machines to which Fly's proxy sends requests: started and not cordoned. */
const reachable = (cloud: SimulatedCloud, now: number): readonly CloudMachine[] =>
  cloud.machines.filter((machine) => machine.cordoned !== true && machineState(cloud, machine, now) === 'started');
