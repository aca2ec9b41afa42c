import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import { autopilot } from '#core/drills/autopilot.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { activeRun, stepState } from '#shared/incident/state.ts';
import { incidentOutcome } from '#shared/incident/incident-outcome.ts';
import { changes, firstOutput, nextEvent, send, stepsOf, take } from '../../fixtures/steering.ts';
import { declareLive, liveStory } from '../../fixtures/live-story.ts';

describe('a live incident with executables on PATH', () => {
  it('is refused while nobody reviewed the runbook', async () => {
    const story = await liveStory('app-rollback', { trusted: false });
    await expect(declareLive(story)).rejects.toMatchObject({ code: 'untrusted' });
  });

  it('rolls back with real processes, and shows the absolute path of the binary', async () => {
    const story = await liveStory('app-rollback');
    const incident = await declareLive(story);
    await autopilot(incident, 'ann', ulid);
    const { state } = incident.context.eventLog;
    expect(state.declared).toMatchObject({ kind: 'live', adapter: 'real' });
    expect(state.choice?.version).toBe(9);
    expect(incidentOutcome(state, incident.context.runbook)).toBe('verified');
    const deploy = [...state.runs.values()].find((run) => run.effect === 'change');
    expect(deploy?.binary).toBe(join(story.tools.pathEntry, 'fly'));
    expect(deploy?.pid).toBeGreaterThan(1);
    expect(story.tools.cloud.read().releases.at(-1)).toMatchObject({ status: 'complete' });
  });

  it('someone else deploys between pick and act: nothing is deployed, and choosing is open again', async () => {
    const story = await liveStory('app-rollback');
    const incident = await declareLive(story);
    const { choose, deploy } = stepsOf(incident);
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    await take(incident, { kind: 'choose-release', stepId: choose.id, version: 9, immediate: false });
    story.tools.cloud.update((cloud) => {
      const newest = cloud.releases.at(-1);
      if (newest === undefined) throw new Error('the scenario has releases');
      return {
        ...cloud,
        releases: [
          ...cloud.releases,
          { ...newest, id: 'r-other', version: newest.version + 1, createdAt: newest.createdAt + 1 },
        ],
      };
    });
    await take(incident, { kind: 'run-change', stepId: deploy.id, commandId: deploy.commands[0]?.id ?? '' });
    const { state } = incident.context.eventLog;
    expect(state.problem?.code).toBe('releases-changed');
    expect(state.choice).toBeNull();
    expect([...state.runs.values()].some((run) => run.effect === 'change')).toBe(false);
  });

  it('proposes nothing while Fly dates its newest release in the future, and says that the clocks differ', async () => {
    const story = await liveStory('app-rollback');
    story.tools.cloud.update((cloud) => ({
      ...cloud,
      releases: cloud.releases.map((release) => ({ ...release, createdAt: release.createdAt + 3 * 3_600_000 })),
    }));
    const incident = await declareLive(story);
    await take(incident, { kind: 'run-reads', stepId: stepsOf(incident).choose.id });
    const { releases } = incident.context.eventLog.state;
    expect(releases).toMatchObject({ proposed: null, clocks: expect.stringContaining('behind') });
    const judged = Object.fromEntries(releases?.verdicts.map(({ version, verdict }) => [version, verdict]) ?? []);
    expect(judged).toMatchObject({ 10: 'bad', 9: 'unknown', 8: 'bad', 7: 'unknown' });
    // A person may know which one was good.
    const { choose } = stepsOf(incident);
    await take(incident, { kind: 'choose-release', stepId: choose.id, version: 9, immediate: false });
    expect(incident.context.eventLog.state.choice?.version).toBe(9);
  });

  it('a missing fly is named with what to do, and the step can still be done by hand', async () => {
    const story = await liveStory('app-rollback', { onPath: false });
    const incident = await declareLive(story);
    const { choose } = stepsOf(incident);
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    expect(incident.context.eventLog.state.problem).toMatchObject({
      code: 'tool-missing',
      advice: expect.stringContaining('paste') as string,
    });
    const releases = await story.printed(['releases', '-a', 'hotdash-agent-service', '--json']);
    const status = await story.printed(['status', '-a', 'hotdash-agent-service', '--json']);
    await take(incident, {
      kind: 'ran-by-hand',
      stepId: choose.id,
      commandId: choose.commands[0]?.id ?? '',
      exitCode: 0,
      output: releases,
    });
    await take(incident, {
      kind: 'ran-by-hand',
      stepId: choose.id,
      commandId: choose.commands[1]?.id ?? '',
      exitCode: 0,
      output: status,
    });
    expect(incident.context.eventLog.state.releases?.proposed).toBe(9);
  });

  it('a deploy made by hand is held to the same post-condition', async () => {
    const story = await liveStory('app-rollback');
    const incident = await declareLive(story);
    const { choose, deploy } = stepsOf(incident);
    const byHand: Intent = {
      kind: 'ran-by-hand',
      stepId: deploy.id,
      commandId: deploy.commands[0]?.id ?? '',
      exitCode: 0,
      output: 'Visit your newly deployed app',
    };
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    await take(incident, { kind: 'choose-release', stepId: choose.id, version: 9, immediate: false });
    // A person claimed it was done, but it was not, so it is not verified.
    await take(incident, byHand);
    expect(stepState(incident.context.eventLog.state, deploy.id).outcome).toBe('failed');
    const image = incident.context.eventLog.state.choice?.image ?? '';
    await story.printed(['deploy', '-a', 'hotdash-agent-service', '--image', image, '--yes']);
    await take(incident, { kind: 'reopen-step', stepId: deploy.id, reason: 'now it is done' });
    await take(incident, byHand);
    expect(stepState(incident.context.eventLog.state, deploy.id).outcome).toBe('verified');
  });

  it('a stopped deploy is read before anything is offered, and is never green', async () => {
    const story = await liveStory('app-rollback', { speed: 4 });
    const incident = await declareLive(story);
    const { choose, deploy } = stepsOf(incident);
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    await take(incident, { kind: 'choose-release', stepId: choose.id, version: 9, immediate: false });
    const started = nextEvent(incident, (event) => event.kind === 'run.started' && changes(incident, event));
    await send(incident, { kind: 'run-change', stepId: deploy.id, commandId: deploy.commands[0]?.id ?? '' });
    await started;
    const run = activeRun(incident.context.eventLog.state, 'change');
    await firstOutput(story.core, run?.runId ?? '');
    const kill = { kind: 'stop-run', runId: run?.runId ?? '', how: 'kill' } as const;
    await expect(send(incident, kill)).rejects.toMatchObject({ code: 'not-allowed' });
    await send(incident, { kind: 'stop-run', runId: run?.runId ?? '', how: 'interrupt' });
    // Not at once after the interrupt either: it has a minute.
    await expect(send(incident, kill)).rejects.toMatchObject({ code: 'not-allowed' });
    await incident.settled();
    const { state } = incident.context.eventLog;
    expect(state.runs.get(run?.runId ?? '')?.exit).toEqual({ kind: 'code', code: 127 });
    expect(stepState(state, deploy.id)).toMatchObject({ outcome: 'stopped', proof: { met: false } });
    // Ten real processes, one after the other.
  }, 90_000);
});
