import { expect, it } from 'vitest';
import { foldersOfEachCommit, takeUpEach } from '../../fixtures/every-commit.ts';
import { send, stepsOf, take } from '../../fixtures/steering.ts';

it('a drill that is killed after any commit up to its deploy takes a note, and is resolved', async () => {
  const folders = await foldersOfEachCommit('app-rollback', async (incident) => {
    const { choose, deploy } = stepsOf(incident);
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    await take(incident, { kind: 'choose-release', stepId: choose.id, version: 9, immediate: false });
    await take(incident, { kind: 'run-change', stepId: deploy.id, commandId: deploy.commands[0]?.id ?? '' });
  });
  expect(folders.length).toBeGreaterThan(30);
  await takeUpEach(folders, async (incident) => {
    await send(incident, { kind: 'note', text: 'still here', starred: false });
    await send(incident, { kind: 'resolve', summary: 'left' });
    expect(incident.context.eventLog.state.resolvedAt).not.toBeNull();
  });
});
