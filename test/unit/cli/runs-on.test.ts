import { expect, it } from 'vitest';
import { reduce } from '#shared/incident/reduce.ts';
import { runsOnText } from '../../../electron/cli/wizard/stop-words.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';
import { STEPS } from '../../fixtures/runbook-model.ts';

const CHANGE = {
  runId: 'r',
  stepId: STEPS.deploy,
  commandId: 'c',
  effect: 'change',
  shown: 'fly deploy -a shop',
} as const;

/** What is said on leaving after all but this many of the events of a command. */
function said(
  story: IncidentEvents,
  run: Parameters<IncidentEvents['run']>[0],
  left: number,
  platform?: NodeJS.Platform,
): string {
  const { events } = story.run(run);
  const state = reduce(events.slice(0, events.length - left));
  if (state === null) throw new Error('not declared');
  return runsOnText(state, platform);
}

it('says on leaving that a change runs on, and only then', () => {
  expect(said(new IncidentEvents(), CHANGE, 1)).toMatch(/^fly deploy -a shop is not stopped: it runs on, /);
  expect(said(new IncidentEvents(), CHANGE, 0)).toBe('');
  expect(said(new IncidentEvents(), { ...CHANGE, effect: 'read' }, 1)).toBe('');
  expect(said(new IncidentEvents({ adapter: 'simulated', kind: 'drill' }), CHANGE, 1)).toBe('');
});

it('promises nothing on Windows, where no start finds the change again', () => {
  expect(said(new IncidentEvents(), CHANGE, 1, 'win32')).toBe(
    'fly deploy -a shop is not stopped and may run on. On Windows Rollbook cannot attach to it again: its result is lost, and the next start asks you to look at the service. To end it: taskkill /T /F /PID 4711; machines may be mixed then.\n',
  );
  expect(said(new IncidentEvents(), CHANGE, 0, 'win32')).toBe('');
});
