/** A disk without named pipes (exFAT, SMB, the Windows drives of WSL), played by a mkfifo that answers as there. */
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { obligations } from '#shared/incident/obligations.ts';
import { stepState } from '#shared/incident/state.ts';
import { timeline } from '#shared/incident/timeline.ts';
import { dataFolder } from '../../fixtures/data-folder.ts';
import { prependPath } from '../../fixtures/environment.ts';
import { declareLive, liveStory } from '../../fixtures/live-story.ts';
import { stepsOf, take } from '../../fixtures/steering.ts';

it('a change that could not be started is told as never started, and owes nothing', async () => {
  const story = await liveStory('app-rollback');
  const incident = await declareLive(story);
  const { choose, deploy } = stepsOf(incident);
  await take(incident, { kind: 'run-reads', stepId: choose.id });
  await take(incident, { kind: 'choose-release', stepId: choose.id, version: 9, immediate: false });
  const folder = dataFolder();
  writeFileSync(
    join(folder, 'mkfifo'),
    `#!/bin/sh\necho "mkfifo: cannot create fifo '$3': Operation not permitted" >&2; exit 1\n`,
  );
  chmodSync(join(folder, 'mkfifo'), 0o755);
  prependPath(folder);
  await take(incident, { kind: 'run-change', stepId: deploy.id, commandId: deploy.commands[0]?.id ?? '' });
  const { eventLog, runbook } = incident.context;
  const { state } = eventLog;
  expect(state.problem?.message).toContain('takes no named pipes');
  expect(state.problem?.advice).toContain('ROLLBOOK_HOME');
  const texts = timeline(eventLog.events, runbook, state).map(({ text }) => text);
  expect(texts).toContainEqual(expect.stringMatching(/^Not started: fly deploy .*takes no named pipes/));
  expect(texts.join('\n')).not.toMatch(/lost|nobody saw/);
  expect(state.startedAt).toBeNull();
  expect(obligations(state, runbook)).toEqual([]);
  expect(stepState(state, deploy.id)).toMatchObject({ outcome: null });
  expect([...state.runs.values()].filter(({ effect }) => effect === 'change')).toEqual([]);
  // The board of readiness says so before the night it matters.
  const board = await story.core.services.readiness.read(null, ['disk']);
  expect(board.items[0]).toMatchObject({ state: 'failed', detail: expect.stringContaining('named pipes') as string });
});
