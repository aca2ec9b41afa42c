/** Ctrl-C while a change runs: what is said about it is true on this system. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { commandProcess } from '../../fixtures/command-process.ts';
import { dataFolder } from '../../fixtures/data-folder.ts';
import { simulatedTools } from '../../fixtures/simulated-tools.ts';
import { skippedFor } from '../../fixtures/skipping.ts';

const APP = 'hotdash-agent-service-test';

/** Makes the process take this system for Windows, from Ctrl-C on. */
const WINDOWS_AT_CTRL_C = "process.once('SIGINT',()=>Object.defineProperty(process,'platform',{value:'win32'}))";

/** Leaves a real drill by Ctrl-C in the middle of its deploy; answers the last words. */
async function leftDuringDeploy(): Promise<string> {
  await simulatedTools('app-rollback', { app: APP, speed: 1 });
  const line = commandProcess(dataFolder(), ['drill', '--real', '--service', APP]);
  await line.answer('Read the releases of', '');
  await line.answer('Number [1]: ', '');
  await line.answer('Enter does it', '');
  await line.until('Started ');
  const pid = Number(/\(process (\d+)\)/.exec(await line.until(')\n'))?.[1]);
  // The deploy goes on, as it is meant to.
  onTestFinished(() => {
    process.kill(-pid, 'SIGKILL');
  });
  line.kill('SIGINT');
  const { code, out } = await line.ended;
  expect(code).toBe(130);
  return out.slice(out.lastIndexOf(`(process ${pid})`));
}

describe('Ctrl-C during a change', skippedFor(process.platform === 'win32' ? 'Windows has no signals' : null), () => {
  it('says that it runs on and is found again', async () => {
    const last = await leftDuringDeploy();
    expect(last).toMatch(/fly deploy .* is not stopped: it runs on, and the next start finds its result\./);
    expect(last).toContain('Left open. Go on with: rollbook run --resume');
  });

  it('promises no such thing on Windows', async () => {
    vi.stubEnv('NODE_OPTIONS', `--import=data:text/javascript,${encodeURIComponent(WINDOWS_AT_CTRL_C)}`);
    const last = await leftDuringDeploy();
    expect(last).toMatch(/fly deploy .* is not stopped and may run on\. On Windows Rollbook cannot attach to it again/);
    expect(last).not.toContain('the next start finds its result');
    expect(last).toContain('Left open. Go on with: rollbook run --resume');
  });
});
