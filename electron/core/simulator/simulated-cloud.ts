/**
 * The simulated Fly account that the commands of a drill read and change. It is plain data, so that it can be stored in a file
 * and shared by several processes. What depends only on time (a machine that has started, a check that passes) is computed
 * when it is read, so nothing runs in the background.
 */
import { type CloudDatabase, createDatabase } from '#core/platforms/postgres/simulator/simulated-database.ts';
import type { Scenario, ScenarioImage } from './scenario.ts';
import { NO_TROUBLE } from './scenario-trouble.ts';

export interface CloudRelease {
  readonly id: string;
  readonly version: number;
  readonly status: Scenario['releases'][number]['status'];
  readonly description: string;
  /** Whole reference; empty when none is recorded. */
  readonly imageRef: string;
  readonly createdAt: number;
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
}

export interface CloudMachine {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly group: string;
  readonly imageRef: string;
  readonly release: number;
  readonly instanceId: string;
  readonly privateIp: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** When its update ends. */
  readonly startedAt: number;
  /** It was started with MAINTENANCE_MODE=true. */
  readonly maintenance: boolean;
  /** When it is stopped after `fly machine stop`; absent: it was not stopped. */
  readonly stoppedAt?: number;
  /** When that was asked for. */
  readonly stopAskedAt?: number;
  /** It was last brought up by `fly machine start`, not by an update. */
  readonly startedByHand?: boolean;
  /** Fly's proxy neither sends it requests nor starts it; absent: it does. */
  readonly cordoned?: boolean;
}

export interface CloudSecret {
  readonly name: string;
  readonly value: string;
  /** It is set with the next deploy. */
  readonly staged?: boolean;
}

export interface CloudLog {
  readonly at: number;
  readonly machine: string;
  readonly region: string;
  readonly provider: string;
  readonly level: string;
  readonly message: string;
}

export interface Lease {
  readonly machine: string;
  readonly holder: string;
  readonly expiresAt: number;
}

export interface SimulatedCloud {
  readonly scenario: Scenario;
  /** Every address that answers as the service's health address. */
  readonly healthUrls: readonly string[];
  /** More addresses that answer as the service's public page does. */
  readonly pageUrls: readonly string[];
  readonly releases: readonly CloudRelease[];
  readonly machines: readonly CloudMachine[];
  readonly logs: readonly CloudLog[];
  readonly leases: readonly Lease[];
  readonly secrets: readonly CloudSecret[];
  /** Reads of the list of releases since our last deploy; absent: none. */
  readonly readings?: number;
  /** Our own deploy was completed. */
  readonly deployedOwn?: boolean;
  /** Somebody else's deploy has happened. */
  readonly foreignDone?: boolean;
  /** The other services of the account, each a simulated cloud of its own. */
  readonly others: readonly SimulatedCloud[];
  /** Git tag by the folder it was checked out into; absent: none was. */
  readonly worktrees?: Readonly<Record<string, string>>;
  /** Absent: the drill has no database. */
  readonly database?: CloudDatabase;
}

/** Access to the stored simulated cloud. `update` is atomic across all processes that share it. */
export interface CloudAccess {
  read(): SimulatedCloud;
  update(change: (cloud: SimulatedCloud) => SimulatedCloud): SimulatedCloud;
}

/**
 * In this process. `keep` is called with the plain JSON after each change, to store it.
 */
export function memoryCloud(start: SimulatedCloud, keep: (cloud: SimulatedCloud) => void = () => {}): CloudAccess {
  let cloud = start;
  return {
    read: () => cloud,
    update: (change) => {
      cloud = change(cloud);
      keep(cloud);
      return cloud;
    },
  };
}

export function createCloud(scenario: Scenario): SimulatedCloud {
  const region = new Map(scenario.machines.map((machine) => [machine.id, machine.region]));
  return {
    scenario,
    healthUrls: [scenario.service.health],
    pageUrls: [],
    releases: scenario.releases.map(({ image, ...release }) => ({
      ...release,
      imageRef: image === null ? '' : referenceOf(scenario, image),
    })),
    machines: scenario.machines.map(({ image, ...machine }) => ({
      ...machine,
      imageRef: referenceOf(scenario, image),
      startedAt: machine.updatedAt,
      maintenance: false,
    })),
    logs: scenario.logs.map((log) => ({ ...log, region: region.get(log.machine) ?? '' })),
    leases: scenario.machines.map(({ id }) => ({
      machine: id,
      holder: scenario.trouble.leaseHolder,
      expiresAt: scenario.startAt + scenario.trouble.leaseHeldMs,
    })),
    secrets: scenario.secrets.map((name) => ({ name, value: '' })),
    others: scenario.others.map((other) =>
      createCloud({ ...scenario, ...other, secrets: [], others: [], database: undefined, trouble: NO_TROUBLE }),
    ),
    ...(scenario.database === undefined ? {} : { database: createDatabase(scenario.database) }),
  };
}

/**
 * The simulated cloud of one app behind the same access; that of the first when there is no such app, which then says so.
 */
export function appCloud(access: CloudAccess, app: string): CloudAccess {
  const place = access.read().others.findIndex(({ scenario }) => scenario.service.app === app);
  if (place < 0) return access;
  const own = (cloud: SimulatedCloud): SimulatedCloud => cloud.others[place] ?? cloud;
  return {
    read: () => own(access.read()),
    update: (change) =>
      own(
        access.update((cloud) => ({
          ...cloud,
          others: cloud.others.map((other, index) => (index === place ? change(other) : other)),
        })),
      ),
  };
}

const referenceOf = (scenario: Scenario, tag: string): string => `registry.fly.io/${scenario.service.app}:${tag}`;

/** By tag or by digest; null when the registry has no such image (any more). */
export function findImage(cloud: SimulatedCloud, ref: string): ScenarioImage | null {
  const { app } = cloud.scenario.service;
  const image = cloud.scenario.images.find(
    (each) => ref === referenceOf(cloud.scenario, each.tag) || ref === `registry.fly.io/${app}@${each.digest}`,
  );
  return image === undefined || !image.available ? null : image;
}

/** The image a machine runs. It may have been removed from the registry. */
export function imageOf(cloud: SimulatedCloud, machine: CloudMachine): ScenarioImage {
  const image = cloud.scenario.images.find((each) => referenceOf(cloud.scenario, each.tag) === machine.imageRef);
  if (image === undefined) throw new Error(`machine ${machine.id} runs an unknown image`);
  return image;
}

export const newestVersion = (cloud: SimulatedCloud): number =>
  Math.max(0, ...cloud.releases.map((each) => each.version));

/** Adds the next release, under way; its number is `newestVersion` of the result. */
export function beginRelease(cloud: SimulatedCloud, imageRef: string, now: number): SimulatedCloud {
  const version = newestVersion(cloud) + 1;
  const { id, name, email } = cloud.scenario.login;
  const release: CloudRelease = {
    id: `drill${String(version).padStart(12, '0')}`,
    version,
    status: 'running',
    description: 'Release',
    imageRef,
    createdAt: now,
    user: { id, name, email },
  };
  return { ...cloud, releases: [...cloud.releases, release] };
}

export const endRelease = (cloud: SimulatedCloud, version: number, status: CloudRelease['status']): SimulatedCloud => ({
  ...cloud,
  releases: cloud.releases.map((release) => (release.version === version ? { ...release, status } : release)),
});

/** Gives a machine another image in place; it is away until it has started. */
export function replaceMachine(
  cloud: SimulatedCloud,
  id: string,
  image: ScenarioImage,
  release: number,
  now: number,
): SimulatedCloud {
  const startedAt = now + cloud.scenario.latencies.startMachine;
  const imageRef = referenceOf(cloud.scenario, image.tag);
  const machine = cloud.machines.find((each) => each.id === id);
  const line = (at: number, provider: string, message: string): CloudLog => ({
    at,
    machine: id,
    region: machine?.region ?? '',
    provider,
    level: 'info',
    message,
  });
  return {
    ...cloud,
    machines: cloud.machines.map((each) =>
      each.id === id
        ? {
            ...each,
            ...(image.start === 'put-back' ? {} : { imageRef, release }),
            instanceId: nextInstance(each, release),
            updatedAt: now,
            startedAt,
            startedByHand: false,
            maintenance: cloud.secrets.some(({ name, value }) => name === 'MAINTENANCE_MODE' && value === 'true'),
          }
        : each,
    ),
    logs: [
      ...cloud.logs,
      line(now, 'runner', `Pulling container image ${imageRef}`),
      ...(image.start === 'put-back' ? [] : [line(startedAt, 'runner', `Successfully prepared image ${imageRef}`)]),
      line(startedAt, 'app', 'Starting init (commit: 5d9c42f)...'),
      ...(image.start === 'crashes' ? Array.from({ length: 3 }, () => line(startedAt, 'app', CRASH)) : []),
    ],
  };
}

/** What an image that crashes logs each time. */
const CRASH = 'Error: Cannot find module /app/server.js';

/** Each update gives a machine a new instance. */
const nextInstance = (machine: CloudMachine, release: number): string =>
  machine.instanceId.slice(0, -4) + String(release).padStart(4, '0');

/** A holder leases all machines or none. An expired lease does not count. */
export function leaseHeldByOther(cloud: SimulatedCloud, holder: string, now: number): Lease | null {
  return cloud.leases.find((lease) => lease.holder !== holder && lease.expiresAt > now) ?? null;
}

export function takeLeases(cloud: SimulatedCloud, holder: string, expiresAt: number): SimulatedCloud {
  return { ...cloud, leases: cloud.machines.map((machine) => ({ machine: machine.id, holder, expiresAt })) };
}

export const dropLeases = (cloud: SimulatedCloud, holder: string): SimulatedCloud => ({
  ...cloud,
  leases: cloud.leases.filter((lease) => lease.holder !== holder),
});
