/** The end of a command that outlived its Rollbook. Its end time is in the past: the next Rollbook starts an hour later. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OpenCore } from '#core/core.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { systemPorts } from '#core/system-ports.ts';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';
import { nextEvent, send } from '../../fixtures/steering.ts';
import { declareBy } from '../../fixtures/trusted-incident.ts';
import { until } from '../runner/workbench.ts';

const HOUR_MS = 3_600_000;

const runbook = (fifo: string): string => `---
rollbook: 1
title: One change
services:
  some-app: { title: Some, platform: fly, health: "http://127.0.0.1:9/" }
---

# One change

## Option 1: Change

**Use when**: testing

1. **Change it**
   \`\`\`bash effect=change
   cat ${fifo}
   \`\`\`
`;

function laterCore(folder: string): Promise<OpenCore> {
  const { clock, timers, newId } = systemPorts();
  return testCore(folder, { ports: { clock: { ...clock, now: () => clock.now() + HOUR_MS }, timers, newId } });
}

/** A change that waits for a line in `fifo`, and outlived its Rollbook. */
async function leftRunning() {
  const folder = dataFolder();
  const fifo = join(folder, 'held');
  execFileSync('mkfifo', ['-m', '600', fifo]);
  const core = await testCore(folder);
  const id = await declareBy(core, folder, runbook(fifo));
  const incident = await core.services.incidents.open(id);
  const [procedure] = incident.context.runbook.procedures;
  const step = procedure?.steps[0];
  if (procedure === undefined || step === undefined) throw new Error('the runbook has one step');
  await send(incident, { kind: 'choose-procedure', procedureId: procedure.id, reason: 'only one' });
  const started = nextEvent(incident, ({ kind }) => kind === 'run.started');
  await send(incident, { kind: 'run-change', stepId: step.id, commandId: step.commands[0]?.id ?? '' });
  await started;
  const [runId = ''] = incident.context.eventLog.state.runs.keys();
  await core.close();
  return { folder, id, runId, runFolder: join(folder, 'runs', runId), end: () => appendFileSync(fifo, 'done\n') };
}

const runIn = (incident: OpenIncident, runId: string) => {
  const run = incident.context.eventLog.state.runs.get(runId);
  if (run === undefined) throw new Error('the run is on the timeline');
  return run;
};

describe('a change that outlived its Rollbook and was found', () => {
  it('is not said to be what could not be done', async () => {
    const left = await leftRunning();
    left.end();
    const incident = await (await testCore(left.folder)).services.incidents.open(left.id);
    const judged = nextEvent(incident, ({ kind }) => kind === 'act.ended');
    await incident.steer();
    await judged;
    const { state } = incident.context.eventLog;
    expect(Object.values(state.steps).map(({ outcome }) => outcome)).toEqual(['unverified']);
    expect(state.problem).toBeNull();
  });
});

describe('the length of a change that outlived its Rollbook', () => {
  it('counts from its start when a later start attends it', async () => {
    const left = await leftRunning();
    const incident = await (await laterCore(left.folder)).services.incidents.open(left.id);
    await incident.steer();
    await until(() => incident.context.running.has(left.runId));
    const judged = nextEvent(incident, ({ kind }) => kind === 'act.ended');
    left.end();
    await judged;
    expect(runIn(incident, left.runId).durationMs).toBeGreaterThanOrEqual(HOUR_MS);
  });

  it('ends when the command ended, if nobody was there', async () => {
    const left = await leftRunning();
    left.end();
    await until(() => existsSync(join(left.runFolder, 'exit')));
    const incident = await (await laterCore(left.folder)).services.incidents.open(left.id);
    const judged = nextEvent(incident, ({ kind }) => kind === 'act.ended');
    await incident.steer();
    await judged;
    const { durationMs, endedAt, intendedAt } = runIn(incident, left.runId);
    expect(durationMs).toBeLessThan(HOUR_MS);
    expect(endedAt).toBeLessThan(intendedAt + HOUR_MS);
  });

  it('is not known when nobody saw the end', async () => {
    const left = await leftRunning();
    rmSync(left.runFolder, { recursive: true });
    left.end();
    const core = await laterCore(left.folder);
    const incident = await core.services.incidents.open(left.id);
    const judged = nextEvent(incident, ({ kind }) => kind === 'act.ended');
    await incident.steer();
    await judged;
    expect(runIn(incident, left.runId)).toMatchObject({ exit: { kind: 'lost' }, durationMs: null });
    const { markdown } = await core.services.reports.preview(left.id);
    expect(markdown).toContain('lost: nobody saw its end');
    expect(markdown).not.toContain('ended after');
  });
});
