/**
 * The simulator of a drill as an adapter of the core's ports. Begin here to read this folder: a simulated cloud
 * (`simulated-cloud.ts`) plays one scenario, and simulated tools (`tools.ts`) read and change it. The executables in test/tools
 * run the same tools on a simulated cloud that is kept in a file.
 */
import { RollbookError } from '#shared/api/result.ts';
import { addressAnswer } from '#core/platforms/fly/simulator/machine-health.ts';
import { GIT_VERSION } from '#core/platforms/generic/simulator/git.ts';
import { NPM_VERSION } from '#core/platforms/generic/simulator/npm.ts';
import type { Clock, HttpProbe, Spawner, ToolAdapter, ToolLocator } from '#core/ports.ts';
import type { Scenario } from './scenario.ts';
import { databaseVersions, fixturesOf } from './scenario-database.ts';
import { type CloudAccess, createCloud, memoryCloud } from './simulated-cloud.ts';
import { simulatedProcess } from './simulated-process.ts';
import { IN_TERMINAL } from './tool-call.ts';
import { TOOLS } from './tools.ts';

const PREFIX = 'simulated:';
const BODY_LIMIT = 4_096;

/** `clock`: drill time, see drillClock. `cloud`: a stored cloud to continue with. */
export function simulatedAdapter(
  scenario: Scenario,
  clock: Clock,
  cloud: CloudAccess = memoryCloud(createCloud(scenario)),
): ToolAdapter {
  const spawner = simulatedSpawner(clock, cloud);
  return {
    name: 'simulated',
    clock,
    spawner,
    tools: simulatedTools(scenario),
    http: simulatedProbe(clock, cloud),
    // A drill has no terminal: its person logs in at once.
    openLogin: async (argv, env) => {
      await spawner.spawn({ runId: 'login', argv, cwd: '/', env: { ...env, [IN_TERMINAL]: '1' }, effect: 'read' });
      return 'the drill';
    },
    ...(scenario.database === undefined ? {} : { fixtures: fixturesOf(scenario.database) }),
  };
}

function simulatedSpawner(clock: Clock, cloud: CloudAccess): Spawner {
  let pid = 0;
  return {
    spawn: async (request) => {
      const [path] = request.argv;
      const tool = path.startsWith(PREFIX) ? TOOLS[path.slice(PREFIX.length)] : undefined;
      if (tool === undefined) {
        throw new RollbookError(
          'tool-missing',
          `The drill simulator does not play ${path}.`,
          `It plays ${Object.keys(TOOLS).join(' and ')}; skip the command, or run the drill with real tools.`,
        );
      }
      pid -= 1;
      return simulatedProcess((call) => tool({ ...call, cloud }), request, { clock, pid });
    },
  };
}

function simulatedTools(scenario: Scenario): ToolLocator {
  const versions: Readonly<Record<string, string>> = {
    fly: scenario.flyVersion.version,
    curl: '7.88.1',
    npm: NPM_VERSION,
    git: GIT_VERSION,
    ...(scenario.database === undefined ? {} : databaseVersions(scenario.database)),
  };
  return {
    locate: async (tool) => {
      const version = versions[tool];
      return version === undefined ? null : { path: `${PREFIX}${tool}`, version };
    },
  };
}

function simulatedProbe(clock: Clock, cloud: CloudAccess): HttpProbe {
  return {
    get: async (url, timeoutMs) => {
      const begun = addressAnswer(cloud.read(), url, clock.now());
      if (begun === null) {
        const down = cloud.read().scenario.trouble.networkDown;
        const why = down ? `getaddrinfo ENOTFOUND ${new URL(url).hostname}` : `The drill has no address ${url}.`;
        return { kind: 'no-answer', reason: why, ms: 0 };
      }
      const { ms } = begun;
      await clock.sleep(Math.min(ms, timeoutMs));
      if (ms > timeoutMs) return { kind: 'no-answer', reason: `No answer within ${timeoutMs} ms.`, ms: timeoutMs };
      const answer = addressAnswer(cloud.read(), url, clock.now()) ?? begun;
      return { kind: 'answer', status: answer.status, ms, body: answer.body.slice(0, BODY_LIMIT) };
    },
  };
}
