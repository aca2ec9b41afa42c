import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { healthAnswer, pageAnswer } from '#core/platforms/fly/simulator/machine-health.ts';
import { loadScenario } from '#core/simulator/scenario-files.ts';
import type { Scenario } from '#core/simulator/scenario.ts';
import { createCloud } from '#core/simulator/simulated-cloud.ts';
import { COMPILE_CACHE } from '../fixtures/process-environment.ts';
import { createCloudFile, openCloudFile, type CloudFile } from './cloud-file.ts';

export interface SimulatedPath {
  /** The folder with the programs, to be put first on PATH. */
  readonly pathEntry: string;
  /** Answers on 127.0.0.1 as the service's health address does; curl takes either. */
  readonly healthUrl: string;
  /** The health address of another service. It is not derived from the name. */
  readonly healthUrlOf: (app: string) => string;
  /** Answers as the service's public page does. */
  readonly pageUrl: string;
  /** The value for ROLLBOOK_SIM_CLOUD. */
  readonly cloudPath: string;
  readonly cloud: CloudFile;
  readonly scenario: Scenario;
  stop(): Promise<void>;
}

export interface SimulatedPathOptions {
  readonly scenario: string;
  /** How many times faster than real time; or `stepping`, which does not wait and has the same times in every run. */
  readonly speed?: number | 'stepping';
  /**
   * The drill's start; by default that of the scenario. A live incident compares release times with real time, so
   * `startAt: 'now'` moves all times of the scenario to the present.
   */
  readonly startAt?: 'now';
  /** Another name for the scenario's app. */
  readonly app?: string;
  /** The programs on the PATH; by default fly and curl. */
  readonly tools?: readonly ('fly' | 'curl' | 'supabase')[];
}

/** Simulated tools as executables, over one simulated cloud in a new temporary folder. */
export async function simulatedPath({
  scenario: name,
  speed = 20,
  startAt,
  app,
  tools = ['fly', 'curl'],
}: SimulatedPathOptions): Promise<SimulatedPath> {
  const found = await loadScenario(name);
  const loaded = app === undefined ? found : { ...found, service: { ...found.service, app } };
  const scenario = startAt === 'now' ? movedTo(loaded, Date.now()) : loaded;
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-sim-'));
  const cloudPath = join(folder, 'world.json');
  const time =
    speed === 'stepping'
      ? ({ kind: 'stepping', at: scenario.startAt } as const)
      : ({ kind: 'drill', speed, startAt: scenario.startAt, wallStartAt: Date.now() } as const);
  const cloud = createCloudFile(cloudPath, createCloud(scenario), time);
  const pathEntry = join(folder, 'bin');
  mkdirSync(pathEntry);
  for (const tool of tools) writeLauncher(join(pathEntry, tool), tool, cloudPath);

  const server = createServer((request, response) => {
    // Opened again, because the tools, which are other processes, move a stepping clock.
    const current = openCloudFile(cloudPath);
    const answerOf = request.url === '/' ? pageAnswer : healthAnswer;
    const cloud = current.read();
    const asked = cloud.others.find(({ scenario: { service } }) => request.url === pathOf(service.app)) ?? cloud;
    const answer = answerOf(asked, current.clock.now());
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const healthUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`;
  const pageUrl = new URL('/', healthUrl).href;
  const healthUrlOf = (other: string): string => new URL(pathOf(other), healthUrl).href;
  cloud.update((before) => ({
    ...before,
    healthUrls: [...before.healthUrls, healthUrl],
    pageUrls: [...before.pageUrls, pageUrl],
    others: before.others.map((other) => ({
      ...other,
      healthUrls: [...other.healthUrls, healthUrlOf(other.scenario.service.app)],
    })),
  }));
  return {
    pathEntry,
    healthUrl,
    healthUrlOf,
    pageUrl,
    cloudPath,
    cloud,
    scenario,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const pathOf = (app: string): string => `/healthz/${app}`;

/** Starts this Node: the one on the PATH of a command may be too old for TypeScript. */
function writeLauncher(file: string, tool: string, cloudPath: string): void {
  const script = fileURLToPath(new URL(`bin/${tool}`, import.meta.url));
  const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  writeFileSync(
    file,
    [
      '#!/bin/sh',
      `: "\${ROLLBOOK_SIM_CLOUD:=${cloudPath}}"`,
      `export ROLLBOOK_SIM_CLOUD NODE_COMPILE_CACHE=${quoted(COMPILE_CACHE)}`,
      `exec ${quoted(process.execPath)} ${quoted(script)} "$@"`,
      '',
    ].join('\n'),
  );
  chmodSync(file, 0o755);
}

/** The same story with every time moved, so that it starts at `startAt`. */
function movedTo(scenario: Scenario, startAt: number): Scenario {
  const by = startAt - scenario.startAt;
  const moved = ({ releases, machines, logs }: Pick<Scenario, 'releases' | 'machines' | 'logs'>) => ({
    releases: releases.map((each) => ({ ...each, createdAt: each.createdAt + by })),
    machines: machines.map((each) => ({ ...each, createdAt: each.createdAt + by, updatedAt: each.updatedAt + by })),
    logs: logs.map((each) => ({ ...each, at: each.at + by })),
  });
  return {
    ...scenario,
    startAt,
    detectedAt: scenario.detectedAt + by,
    ...moved(scenario),
    others: scenario.others.map((other) => ({ ...other, ...moved(other) })),
  };
}
