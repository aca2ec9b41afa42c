/** Runs simulated tools in this process, on a clock that does not wait. */
import type { Effect, Exit, RunningProcess, ToolAdapter } from '#core/ports.ts';
import { simulatedAdapter } from '#core/simulator/adapter.ts';
import type { Scenario } from '#core/simulator/scenario.ts';
import { loadScenario } from '#core/simulator/scenario-files.ts';
import { createCloud, memoryCloud, type CloudAccess } from '#core/simulator/simulated-cloud.ts';
import { steppingClock } from '../../tools/virtual-time.ts';

export interface Ran {
  readonly exit: Exit;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Drill {
  readonly scenario: Scenario;
  readonly adapter: ToolAdapter;
  readonly cloud: CloudAccess;
  readonly start: (tool: string, args: readonly string[], more?: StartOptions) => Promise<RunningProcess>;
  readonly run: (tool: string, args: readonly string[], more?: StartOptions) => Promise<Ran>;
  /** Full reference of a release's image. */
  readonly imageOfRelease: (version: number) => string;
}

interface StartOptions {
  readonly effect?: Effect;
  readonly timeoutMs?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export async function drill(name: string, change: (scenario: Scenario) => Scenario = (same) => same): Promise<Drill> {
  const scenario = change(await loadScenario(name));
  const cloud = memoryCloud(createCloud(scenario));
  const adapter = simulatedAdapter(scenario, steppingClock(scenario.startAt), cloud);
  const start: Drill['start'] = (tool, args, { effect = 'read', timeoutMs, env = {}, cwd = '/' } = {}) =>
    adapter.spawner.spawn({
      runId: 'run',
      argv: [`simulated:${tool}`, ...args],
      cwd,
      env,
      effect,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
  return {
    scenario,
    adapter,
    cloud,
    start,
    run: async (tool, args, more) => collect(await start(tool, args, more)),
    imageOfRelease: (version) => {
      const release = cloud.read().releases.find((each) => each.version === version);
      if (release === undefined) throw new Error(`no release v${version}`);
      return release.imageRef;
    },
  };
}

export async function collect(process: RunningProcess): Promise<Ran> {
  const output = { stdout: '', stderr: '' };
  const decoder = new TextDecoder();
  process.onChunk((stream, bytes) => {
    output[stream] += decoder.decode(bytes);
  });
  const exit = await process.exited;
  return { exit, ...output };
}

export const APP = ['-a', 'hotdash-agent-service'] as const;

/** The rollback command of the bundled runbook. */
export const deployArgs = (image: string, ...more: readonly string[]): readonly string[] => [
  'deploy',
  ...APP,
  '--image',
  image,
  '--remote-only',
  '--skip-release-command',
  '--dns-checks=false',
  '--wait-timeout',
  '3m',
  '--yes',
  ...more,
];

export const code = (value: number): Exit => ({ kind: 'code', code: value });
