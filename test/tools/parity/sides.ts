/** The simulated side of the comparison: tools in this process, with a scenario made for it. */
import { loadScenario } from '#core/simulator/scenario-files.ts';
import type { Scenario } from '#core/simulator/scenario.ts';
import type { ToolCall } from '#core/simulator/tool-call.ts';
import { TOOLS } from '#core/simulator/tools.ts';
import { createCloud, memoryCloud, type CloudAccess } from '#core/simulator/simulated-cloud.ts';
import type { Ran } from '../real-tool.ts';
import { steppingClock } from '../virtual-time.ts';
import type { Parity, Side } from './calls.ts';
import { shapeOf } from './shape.ts';

/** A script that succeeds and one that fails; a checkout with a tag and a changed file. */
export const SCRIPTS = {
  'test:agent-sdk': { command: 'echo 14 passed', exit: 0, output: '14 passed\n', ms: 100 },
  'monitor:stats': { command: 'echo too slow; exit 3', exit: 3, output: 'too slow\n', ms: 100 },
};
export const TAG = 'v9';
export const CHANGED = 'app.txt';

export async function parityScenario(change: (scenario: Scenario) => Scenario = (same) => same): Promise<Scenario> {
  const scenario = await loadScenario('db-rollback');
  return change({
    ...scenario,
    images: scenario.images.map((image) => ({ ...image, health: { ...image.health, status: 503 } })),
    scripts: SCRIPTS,
    checkout: { head: 'b1'.repeat(20), tags: { [TAG]: 'a2'.repeat(20) }, dirty: [CHANGED], source: true },
  });
}

export interface Simulated {
  readonly cloud: CloudAccess;
  run(call: Parity, side: Side): Promise<Ran>;
}

export function simulatedSide(scenario: Scenario): Simulated {
  const cloud = memoryCloud(createCloud(scenario));
  const clock = steppingClock(scenario.startAt);
  return {
    cloud,
    run: async ({ tool, args, env }, side) => {
      const said = { stdout: '', stderr: '' };
      const call: ToolCall = {
        args: args(side),
        env: { ...side.env, ...env },
        cwd: side.folder,
        clock,
        cloud,
        write: (stream, text) => void (said[stream] += text),
        halt: new AbortController().signal,
        killed: new AbortController().signal,
      };
      const exit = await TOOLS[tool]?.(call);
      return { code: exit?.kind === 'code' ? exit.code : null, ...said };
    },
  };
}

/** The part of the result that is compared. */
export const compared = ({ stdout = shapeOf, stderr = shapeOf }: Parity, ran: Ran) => ({
  code: ran.code,
  stdout: stdout(ran.stdout),
  stderr: stderr(ran.stderr),
});
