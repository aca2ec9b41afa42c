/** A busy machine passes output on late: the keeper's `tee` is held for a while after the command has ended. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Clock } from '#core/ports.ts';
import { LiveOutput, OutputBudget } from '#core/engine/output.ts';
import { exitInFolder } from '#core/runner/keeper/run-folder.ts';
import { realSpawner } from '#core/runner/process-spawner.ts';
import { brokenRule, unseenRule } from '#shared/runbook/expectation.ts';
import { skippedFor } from '../../fixtures/skipping.ts';
import { clock, mindGroup, newFolder, until } from './workbench.ts';

const DRAIN_MS = 1_000;
const LATE_MS = 60_000;
const RULES = { exit: [0], expect: null, reject: '^Error:' };

/** The second of draining is over at once; `late` is what happens in the minute after it. */
const hurried = (late: () => Promise<void>): Clock => ({
  ...clock,
  sleep: (ms, signal) => (ms === DRAIN_MS ? Promise.resolve() : ms === LATE_MS ? late() : clock.sleep(ms, signal)),
});

async function heldBack(late: (goOn: () => void) => Promise<void>) {
  const folder = newFolder();
  const held: number[] = [];
  const goOn = (): void => {
    for (const pid of held) {
      try {
        process.kill(pid, 'SIGCONT');
      } catch {
        // It has ended.
      }
    }
  };
  const keeperFolder = join(folder, 'keepers');
  const process_ = await realSpawner({ clock: hurried(() => late(goOn)), keeperFolder, holdForS: 60 }).spawn({
    runId: 'run-1',
    argv: ['/bin/sh', '-c', 'until [ -e go ]; do sleep 0.05; done; echo "Error: late"'],
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '' },
    effect: 'change',
  });
  mindGroup(process_.pgid);
  const live = new LiveOutput(new OutputBudget(), RULES);
  process_.onChunk((stream, bytes) => live.add(stream, bytes));
  const tees = (): readonly number[] =>
    execaSync('ps', ['-A', '-o', 'pid=,args='])
      .stdout.split('\n')
      .filter((row) => row.includes(`tee ${keeperFolder}/run-1/`))
      .map((row) => Number.parseInt(row, 10));
  await until(() => tees().length === 2);
  held.push(...tees());
  onTestFinished(goOn);
  for (const pid of held) process.kill(pid, 'SIGSTOP');
  writeFileSync(join(folder, 'go'), '');
  await until(() => exitInFolder(keeperFolder, 'run-1') !== null);
  return { process: process_, live };
}

describe('output that comes late', skippedFor(process.platform === 'win32' ? 'Windows has no keeper' : null), () => {
  it('is waited for, and judged', async () => {
    const { process: running, live } = await heldBack((goOn) => {
      goOn();
      return new Promise(() => {});
    });
    expect(await running.exited).toEqual({ kind: 'code', code: 0 });
    expect(running.heardAll?.()).toBe(true);
    const { stdout, seen } = live.ended(true);
    expect(stdout).toBe('Error: late\n');
    expect(brokenRule(RULES, 0, seen)).toContain('^Error:');
  });

  it('and is not there after a minute makes the rules undecided, neither kept nor broken', async () => {
    const { process: running, live } = await heldBack(() => Promise.resolve());
    expect(await running.exited).toEqual({ kind: 'code', code: 0 });
    expect(running.heardAll?.()).toBe(false);
    const { seen } = live.ended(false);
    expect(brokenRule(RULES, 0, seen)).toBeNull();
    expect(unseenRule(RULES, seen)).toContain('too slow');
  });
});
