import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ulid } from 'ulid';
import type { OpenCore } from '#core/core.ts';
import { stepState } from '#shared/incident/state.ts';
import { nextAction } from '#shared/incident/next-action.ts';
import { dataFolder, testCore } from '../fixtures/data-folder.ts';
import { declareLive, liveStory } from '../fixtures/live-story.ts';
import { stepsOf } from '../fixtures/steering.ts';

const SCRIPT = fileURLToPath(new URL('../fixtures/steering-process.ts', import.meta.url));

/** Another process controls the incident, and is killed by SIGKILL as soon as the events match. */
async function killWhen(
  core: OpenCore,
  folder: string,
  incidentId: string,
  seen: (core: OpenCore) => boolean,
): Promise<void> {
  const child = spawn(process.execPath, [SCRIPT, folder, incidentId], { stdio: ['ignore', 'inherit', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const gone = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const look = setInterval(() => {
    if (seen(core)) child.kill('SIGKILL');
  }, 5);
  await gone;
  clearInterval(look);
  expect(child.signalCode).toBe('SIGKILL');
}

const storedKinds = (core: OpenCore, incidentId: string): readonly string[] =>
  core.services.store.events(incidentId).map(({ kind }) => kind);

const changeStarted = (core: OpenCore, incidentId: string): boolean => {
  const events = core.services.store.events(incidentId);
  const change = events.find(
    ({ kind, payload }) => kind === 'run.intended' && (payload as { effect: string }).effect === 'change',
  );
  const runId = (change?.payload as { runId: string } | undefined)?.runId;
  return events.some(({ kind, payload }) => kind === 'run.started' && (payload as { runId: string }).runId === runId);
};

describe('Rollbook is killed in the middle', () => {
  it('a live deploy goes on without it, and the next start finds its result and proves it', async () => {
    const story = await liveStory('app-rollback', { speed: 20 });
    const declared = await declareLive(story);
    const { incidentId } = declared.context;
    // The process that declared it releases the incident, as when its window is closed.
    await story.core.close();
    const reader = await testCore(story.folder);
    await killWhen(reader, story.folder, incidentId, (core) => changeStarted(core, incidentId));
    const before = storedKinds(reader, incidentId);
    const incident = await reader.services.incidents.open(incidentId);
    await incident.steer();
    await incident.settled();
    const { state } = incident.context.eventLog;
    const { deploy } = stepsOf(incident);
    expect(stepState(state, deploy.id)).toMatchObject({ outcome: 'verified', proof: { met: true } });
    // Nothing that was stored is lost, and the command ran once.
    expect(storedKinds(reader, incidentId).slice(0, before.length)).toEqual(before);
    expect([...state.runs.values()].filter((run) => run.effect === 'change')).toHaveLength(1);
    expect(story.tools.cloud.read().releases).toHaveLength(story.tools.scenario.releases.length + 1);
    expect(reader.services.store.verify(incidentId).ok).toBe(true);
  });

  it('a drill comes back at the same step with the same clocks; its command is interrupted, and the proof is offered', async () => {
    const folder = dataFolder();
    const core = await testCore(folder);
    const incidentId = await core.services.drills.start({
      scenario: 'app-rollback',
      speed: 30,
      actor: 'ann',
      intentId: ulid(),
    });
    await core.close();
    const reader = await testCore(folder);
    await killWhen(reader, folder, incidentId, (seen) => changeStarted(seen, incidentId));
    const incident = await reader.services.incidents.open(incidentId);
    await incident.steer();
    await incident.settled();
    const { state } = incident.context.eventLog;
    const { deploy } = stepsOf(incident);
    expect(stepState(state, deploy.id).outcome).toBe('interrupted');
    expect(nextAction(state, incident.context.runbook)).toMatchObject({ kind: 'decide', stepId: deploy.id });
    expect(state.declared.detectedAt).toBe(Date.parse('2025-10-13T10:35:20Z'));
    expect(state.asked).toBeNull();
  });
});
