import { describe, expect, it } from 'vitest';
import { stepState } from '#shared/incident/state.ts';
import { acceleratedCore } from '../../fixtures/data-folder.ts';
import { declareLive, liveStory } from '../../fixtures/live-story.ts';
import { changes, firstOutput, nextEvent, send, stepsOf, take } from '../../fixtures/steering.ts';

describe('an incident is taken over while a live deploy runs', () => {
  it('the new holder attends it to its one end; the old one says nothing more', async () => {
    const story = await liveStory('app-rollback', { speed: 10 });
    const old = await declareLive(story);
    const { choose, deploy } = stepsOf(old);
    await take(old, { kind: 'run-reads', stepId: choose.id });
    await take(old, { kind: 'choose-release', stepId: choose.id, version: 9, immediate: false });
    const started = nextEvent(old, (event) => event.kind === 'run.started' && changes(old, event));
    await send(old, { kind: 'run-change', stepId: deploy.id, commandId: deploy.commands[0]?.id ?? '' });
    const { runId } = (await started).payload as { runId: string };
    await firstOutput(story.core, runId);

    const second = await acceleratedCore(story.folder);
    const incident = await second.services.incidents.open(old.context.incidentId);
    await incident.takeOver('end of the shift', 'bo');
    await story.core.services.incidents.catchUp();
    expect(old.steering).toBe(false);
    await old.settled();
    await incident.settled();

    const { state, events } = incident.context.eventLog;
    expect(stepState(state, deploy.id).outcome).toBe('verified');
    expect(events.filter((event) => event.kind === 'run.ended' && event.payload?.runId === runId)).toHaveLength(1);
    expect(events.filter((event) => event.kind === 'step.ended' && event.payload?.stepId === deploy.id)).toHaveLength(
      1,
    );
    await expect(send(old, { kind: 'note', text: 'late', starred: false })).rejects.toMatchObject({
      code: 'lease-held',
    });
    // A deploy by real processes and its proof take ten seconds, and three times as long on a busy machine.
  }, 90_000);
});
