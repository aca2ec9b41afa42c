/** A command that ends while the store takes no writes: Rollbook saw its end, so it is shown as ended. */
import { ulid } from 'ulid';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Push, Pushes } from '#shared/api/pushes.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { seenEndText, withSeenEnds } from '#shared/incident/running-command.ts';
import { activeRun } from '#shared/incident/state.ts';
import { storeError } from '#core/store/sqlite-error.ts';
import { stopIntent } from '../../../electron/cli/wizard/stop-words.ts';
import { commandProcess } from '../../fixtures/command-process.ts';
import { windowOf } from '../../fixtures/core-window.ts';
import { dataFolder } from '../../fixtures/data-folder.ts';
import { drill } from '../../fixtures/drilled.ts';
import { smallDisk } from '../../fixtures/small-disk.ts';
import { changes, firstOutput, nextEvent, send, take } from '../../fixtures/steering.ts';
import { passingTime } from '../../fixtures/test-ports.ts';

it('is told to windows, shown as stopped, and on the timeline once there is room', async () => {
  const { core, incident, incidentId, step, state, change } = await drill('deploy-hangs');
  const { eventLog, storageHealth } = incident.context;
  const told: Pushes['incident.unwritten'][] = [];
  const window = windowOf(core, (push: Push) => {
    if (push.name === 'incident.unwritten') told.push(push.payload);
  });
  await window.view(incidentId);
  await take(incident, { kind: 'run-reads', stepId: step('choose-release').id });
  await take(incident, { kind: 'choose-release', stepId: step('choose-release').id, version: 9, immediate: false });
  const started = nextEvent(incident, (event) => event.kind === 'run.started' && changes(incident, event));
  await send(incident, change('deploy-release'));
  await started;
  const runId = activeRun(state(), 'change')?.runId ?? '';
  await firstOutput(core, runId);
  const { store } = core.services;
  const full = vi.spyOn(store, 'append').mockImplementation(async () => {
    throw storeError(Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }), store.folder);
  });
  const stop: Intent = { kind: 'stop-run', runId, how: 'interrupt' };
  const ended = new Promise<void>((resolve) => {
    storageHealth.follow(() => storageHealth.ended.length > 0 && resolve());
  });
  await passingTime(incident.act(stop, 'ann', ulid(), state().seq));
  await passingTime(ended);
  // Decisions use only the timeline.
  expect(activeRun(state())?.runId).toBe(runId);
  const { ended: ends = [], problem, kept } = told.at(-1) ?? {};
  expect(problem).toMatchObject({ code: 'disk-full' });
  expect(kept).toMatchObject([{ stop: { runId, how: 'interrupt' } }]);
  expect(ends).toMatchObject([{ runId, exit: { kind: expect.stringMatching(/code|signal/) } }]);
  const shown = withSeenEnds(state(), ends);
  expect(activeRun(shown)).toBeNull();
  expect(shown.runs.get(runId)).toMatchObject({ endedAt: ends[0]?.at, exit: ends[0]?.exit });
  const said: string[] = [];
  expect(stopIntent(incident, 'stop', (text) => said.push(text))).toBeNull();
  expect(said.join('')).toContain('The command was stopped');
  full.mockRestore();
  await passingTime(incident.settled());
  expect(eventLog.state.runs.get(runId)).toMatchObject({ exit: ends[0]?.exit, stopAsked: { how: 'interrupt' } });
  expect(storageHealth.ended).toEqual([]);
  // An end that is on the timeline is not added again.
  expect(withSeenEnds(state(), ends)).toEqual(state());
});

it('is said in the terminal, once, with how it ended', async ({ skip }) => {
  const folder = dataFolder();
  const disk = smallDisk(folder, 16);
  if (typeof disk === 'string') {
    console.log(`skipped: ${disk}`);
    return skip(disk);
  }
  onTestFinished(() => disk.unmount());
  const drilling = commandProcess(folder, ['drill', '--scenario', 'deploy-hangs', '--speed', '60']);
  await drilling.answer('Enter does it', '');
  await drilling.answer('[1]', '');
  await drilling.answer('Enter does it', '');
  await drilling.until('Updating existing machines');
  disk.fill();
  drilling.type('stop');
  await drilling.until('The command was stopped');
  disk.makeRoom();
  await drilling.until('What now?');
  expect(drilling.said().match(/The command was stopped/g)).toHaveLength(1);
  drilling.kill('SIGKILL');
  await drilling.ended;
});

it('has ended by itself where nobody asked it to stop', () => {
  const exit = { kind: 'code', code: 0 } as const;
  expect(seenEndText({ exit }, null)).toContain('The command has ended (exit code 0).');
  expect(seenEndText({ exit }, { how: 'interrupt', at: 0 })).toContain('The command was stopped (exit code 0).');
});
